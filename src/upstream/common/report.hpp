#pragma once

#include "core/error.hpp"
#include "upstream/common/service_board.hpp"

#include <functional>
#include <memory>

namespace personalify::upstream {

/// Who is told of what callers don't get to see. Any thread.
struct Report {
    /// What fails behind the callers' backs.
    std::function<void(std::string_view what, const Error&)> failed = nullptr;
    /// What is known of the services; shared by all that are connected.
    std::shared_ptr<ServiceBoard> board = std::make_shared<ServiceBoard>();

    Report(std::nullptr_t = nullptr) {} // NOLINT(google-explicit-constructor): "nobody is told"
    template <class F>
        requires std::is_invocable_v<F, std::string_view, const Error&>
    Report(F told) // NOLINT(google-explicit-constructor): a function alone will do
        : failed(std::move(told)) {}
    template <class F>
    Report(F told, std::shared_ptr<ServiceBoard> shared)
        : failed(std::move(told))
        , board(std::move(shared)) {}

    explicit operator bool() const { return failed != nullptr; }
    void operator()(std::string_view what, const Error& error) const { failed(what, error); }
};

} // namespace personalify::upstream
