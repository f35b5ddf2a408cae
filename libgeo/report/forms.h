// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "libgeo/report/writers.h"

namespace geo {

// One writer of verdicts a form; verdict_writer chooses by the ending.
std::unique_ptr<Writer> csv_verdicts(const std::filesystem::path& path, const Assessment& assessment,
                                     const WriterOptions& options);
std::unique_ptr<Writer> json_verdicts(const std::filesystem::path& path, const Assessment& assessment,
                                      const WriterOptions& options);
std::unique_ptr<Writer> geojson_verdicts(const std::filesystem::path& path, const Assessment& assessment,
                                         const WriterOptions& options);
std::unique_ptr<Writer> geopackage_verdicts(const std::filesystem::path& path, const Assessment& assessment,
                                            const WriterOptions& options);
std::unique_ptr<Writer> flatgeobuf_verdicts(const std::filesystem::path& path, const Assessment& assessment,
                                            const WriterOptions& options);

}  // namespace geo
