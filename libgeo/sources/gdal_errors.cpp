// SPDX-License-Identifier: Apache-2.0
#include "libgeo/sources/gdal_errors.h"

#include <fmt/core.h>

#include <algorithm>

#include "libgeo/base/errors.h"
#include "libgeo/base/machine.h"
#include "libgeo/base/text.h"
#include "libgeo/sources/records.h"

namespace geo {

namespace {
constexpr std::size_t kMostTexts = 100;
}

GdalErrors::GdalErrors() { CPLPushErrorHandlerEx(handle, this); }
GdalErrors::~GdalErrors() { CPLPopErrorHandler(); }

void CPL_STDCALL GdalErrors::handle(CPLErr severity, CPLErrorNum, const char* message) {
    auto* self = static_cast<GdalErrors*>(CPLGetErrorHandlerUserData());
    if (severity < CE_Warning) return;
    std::string text = printable(message, 300);
    if (severity >= CE_Failure) {
        if (self->failure_.empty()) self->failure_ = std::move(text);
        return;
    }
    const auto known =
        std::find_if(self->warnings_.begin(), self->warnings_.end(), [&](const auto& w) { return w.first == text; });
    if (known != self->warnings_.end()) {
        ++known->second;
    } else if (self->warnings_.size() < kMostTexts) {
        self->warnings_.emplace_back(std::move(text), 1);
    } else {
        ++self->more_warnings_;
    }
}

void GdalErrors::throw_failure(const std::string& shown) const {
    if (failure_.empty()) return;
    blame_machine_first();
    throw DataError(fmt::format("{}: cannot be read: {}", printable(shown), failure_));
}

void GdalErrors::take_warnings(const SourceFile& file, std::vector<Issue>& issues) {
    for (const auto& [text, times] : warnings_) {
        std::string message = times == 1 ? text : fmt::format("{} ({} times)", text, grouped(times));
        issues.push_back(file_issue(file, "gdal-warning", std::move(message), "used as GDAL reads it", Kept::used));
    }
    if (more_warnings_ > 0) {
        issues.push_back(file_issue(file, "gdal-warning",
                                    fmt::format("{} of GDAL", counted(more_warnings_, "more warning")),
                                    "used as GDAL reads it", Kept::used));
    }
    warnings_.clear();
    more_warnings_ = 0;
}

}  // namespace geo
