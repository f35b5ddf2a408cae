// SPDX-License-Identifier: Apache-2.0
// Any text is a study or one UsageError, in one line of plain characters. The files it may name stand beside it.
#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>

#include "libgeo/base/errors.h"
#include "libgeo/base/text.h"
#include "libgeo/layers/study.h"

namespace {

const std::filesystem::path& folder() {
    static const std::filesystem::path path = [] {
        auto p = std::filesystem::temp_directory_path() / ("cordon-fuzz-study-" + std::to_string(getpid()));
        std::filesystem::create_directories(p);
        for (const char* name : {"a.csv", "b.csv", "s.shp", "p.gpkg", "w.geojson"})
            std::ofstream(p / name) << "id,x,y\n1,2,3\n";
        return p;
    }();
    return path;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const unsigned char* data, std::size_t size) {
    const auto path = folder() / "study.toml";
    std::ofstream(path, std::ios::binary)
        .write(reinterpret_cast<const char*>(data), static_cast<std::streamsize>(size));
    try {
        const geo::Study study = geo::read_study(path);
        for (const geo::LayerSpec& layer : study.layers)
            if (layer.files.empty() || layer.name.empty()) std::abort();
    } catch (const geo::UsageError& error) {
        const std::string message = error.what();
        if (message.find("study.toml") == std::string::npos) std::abort();
        if (geo::printable(message, std::string::npos) != message) std::abort();
    }
    return 0;
}
