#pragma once

#include <memory>
#include <mutex>

namespace personalify {

/// Something made of data that never changes, at most once, by whoever needs it first; kept with the data.
/// Everybody who asks one object asks for the same T. Any thread may use it.
class Derived {
public:
    /// `make` returns a std::shared_ptr<const T>. What it throws reaches the caller; the next one tries
    /// again.
    template <class T, class Make>
    const T& get(Make make) const {
        std::call_once(once_, [&] { value_ = std::shared_ptr<const T>(make()); });
        return *static_cast<const T*>(value_.get());
    }

private:
    mutable std::once_flag once_;
    mutable std::shared_ptr<const void> value_;
};

} // namespace personalify
