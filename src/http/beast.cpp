// Beast's own code, compiled once for the whole program.
#if defined(__clang__)
#pragma clang diagnostic ignored "-Weverything"
#endif
// Beast 1.81 asserts that a last chunk without chunks before it comes in pieces of at least five bytes;
// "0\r\n" followed by "\r" has four. The code under the assertion handles them, so a client must not stop us
// with it.
#define BOOST_DISABLE_ASSERTS
#include <boost/beast/src.hpp>
