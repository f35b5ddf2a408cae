// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cpl_error.h>

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "libgeo/sources/table.h"

namespace geo {

/// Takes what GDAL says on this thread, as long as it lives. Messages come out printable.
class GdalErrors {
  public:
    GdalErrors();
    ~GdalErrors();
    GdalErrors(const GdalErrors&) = delete;
    GdalErrors& operator=(const GdalErrors&) = delete;

    /// The first failure; empty if there was none.
    const std::string& failure() const { return failure_; }
    /// Throws DataError `SHOWN: what GDAL said` if there was a failure.
    void throw_failure(const std::string& shown) const;
    /// Warnings so far, each text once with the number of times it came, as issues of the file; then forgotten.
    void take_warnings(const SourceFile& file, std::vector<Issue>& issues);

  private:
    static void CPL_STDCALL handle(CPLErr severity, CPLErrorNum number, const char* message);
    std::string failure_;
    std::vector<std::pair<std::string, std::uint64_t>> warnings_;
    std::uint64_t more_warnings_ = 0;
};

}  // namespace geo
