// Beast's own code, compiled once for the whole program.
#if defined(__clang__)
#pragma clang diagnostic ignored "-Weverything"
#endif
#include <boost/beast/src.hpp>
