// SPDX-License-Identifier: Apache-2.0
#include "libgeo/geo.h"
