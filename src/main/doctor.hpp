#pragma once

#include "config/settings.hpp"

namespace personalify {

/// What `personalify doctor` was asked for.
struct DoctorOptions {
    bool json = false;
    bool offline = false; ///< asks no service
};

/// Prints what is wrong with the configuration, the data folder, the models and the services, each with what
/// to do about it. Returns the exit code: 1 when there are problems; notes alone are none.
int doctor(const config::Sources& sources, const DoctorOptions& options);

} // namespace personalify
