// Asio's own code, compiled once for the whole program.
#if defined(__clang__)
#pragma clang diagnostic ignored "-Weverything"
#endif
#include <boost/asio/impl/src.hpp>
