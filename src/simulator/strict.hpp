#pragma once

#include "core/error.hpp"
#include "json/read.hpp"

#include <string>

namespace personalify::simulator {

/// Reads the object's members into `to`; members that are missing stay as they are. Unlike json::decode it
/// takes unknown keys for mistakes. invalid_argument names everything that is wrong.
template <json::Described T>
Result<> read_strictly(const boost::json::value& from, T& to) {
    std::string wrong;
    const auto complain = [&](const std::string& what) {
        wrong.append(wrong.empty() ? "" : "; ").append(what);
    };
    if (const auto* object = from.if_object()) {
        for (const auto& member : *object) {
            bool known = false;
            boost::mp11::mp_for_each<json::Members<T>>([&]<class D>(D) {
                known = known || json::member_name<D>() == std::string_view{member.key()};
            });
            if (!known) {
                complain(std::string{member.key()} + ": no such key");
            }
        }
    }
    json::Problems problems;
    json::decode_into(from, to, json::Location{""}, problems);
    for (const json::Problem& problem : problems) {
        complain(json::describe(problem));
    }
    return wrong.empty() ? Result<>{} : fail(Errc::invalid_argument, wrong);
}

} // namespace personalify::simulator
