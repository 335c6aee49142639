#pragma once

/// The routes of this service, one function per resource.
#include "api/account.hpp"
#include "api/auth.hpp"
#include "api/resources.hpp"
#include "api/system.hpp"
