#pragma once

#include "app/caller.hpp"
#include "domain/user.hpp"

namespace personalify::app {

/// Who may see whose dashboard and profile.
struct Visibility {
    bool profiles_public = false; ///< PROFILES_PUBLIC: for users who have not chosen

    /// Own data always; others' when they share, or have not chosen and profiles are public here.
    bool allows(const Caller& caller, const User& owner) const {
        return caller.is(owner.id) || owner.sharing.value_or(profiles_public);
    }
};

} // namespace personalify::app
