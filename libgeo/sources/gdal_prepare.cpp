// SPDX-License-Identifier: Apache-2.0
#include <cpl_conv.h>
#include <cpl_string.h>
#include <cpl_vsi_virtual.h>
#include <fmt/core.h>
#include <gdal_priv.h>
#include <ogr_srs_api.h>
#include <ogrsf_frmts.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstdlib>
#include <mutex>
#include <vector>

#include "libgeo/sources/table.h"

namespace geo {

namespace {

/// Variables that change what GDAL, its drivers or its PROJ answer, by how they begin.
constexpr std::array kClearedPrefixes = {"GDAL_",  "OGR_",         "CPL_",  "OSR_",    "SHAPE_", "PROJ_",
                                         "GML_",   "KML_",         "GPKG_", "SQLITE_", "MITAB_", "GEOJSON",
                                         "DXF_",   "VSI_",         "CSV_",  "PG",      "AWS_",   "GS_",
                                         "AZURE_", "OPENFILEGDB_", "VRT_",  "DBF_",    "LIBKML_"};

void clear_environment() {
    std::vector<std::string> names;
    for (char** variable = environ; variable != nullptr && *variable != nullptr; ++variable) {
        const std::string_view text = *variable;
        for (const char* prefix : kClearedPrefixes) {
            if (text.starts_with(prefix)) {
                names.emplace_back(text.substr(0, text.find('=')));
                break;
            }
        }
    }
    for (const std::string& name : names) unsetenv(name.c_str());
}

/// Stands where GDAL's network file systems were: nothing is there.
class NoFileSystem final : public VSIFilesystemHandler {
  public:
    VSIVirtualHandle* Open(const char*, const char*, bool, CSLConstList) override {
        errno = ENOENT;
        return nullptr;
    }
    int Stat(const char*, VSIStatBufL*, int) override {
        errno = ENOENT;
        return -1;
    }
};

void close_network() {
    // GDAL forgets the handlers that are replaced; they stay here, since one of them may stand under two names.
    static auto* const replaced = new std::vector<VSIFilesystemHandler*>;
    for (const char* name : {"curl", "s3", "gs", "az", "adls", "oss", "swift", "hdfs", "webhdfs"}) {
        for (const char* ending : {"/", "?", "_streaming/"}) {
            const std::string prefix = fmt::format("/vsi{}{}", name, ending);
            replaced->push_back(VSIFileManager::GetHandler(prefix.c_str()));
            VSIFileManager::InstallHandler(prefix, new NoFileSystem);
        }
    }
    OSRSetPROJEnableNetwork(FALSE);
}

void register_drivers() {
    RegisterOGRShape();
    RegisterOGRGeoPackage();
    RegisterOGRGeoJSON();
    RegisterOGRFlatGeobuf();
    RegisterOGRGML();
    RegisterOGRKML();
    RegisterOGRTAB();
    RegisterOGROpenFileGDB();
}

void configure() {
    // What a gdalrc file of this machine has set.
    char** set_before = CPLGetConfigOptions();
    for (int i = 0; set_before != nullptr && set_before[i] != nullptr; ++i) {
        char* key = nullptr;
        CPLParseNameValue(set_before[i], &key);
        if (key != nullptr) CPLSetConfigOption(key, nullptr);
        CPLFree(key);
    }
    CSLDestroy(set_before);
    CPLSetConfigOption("GDAL_DRIVER_PATH", "disable");
    CPLSetConfigOption("GDAL_PAM_ENABLED", "NO");   // writes nothing beside the input
    CPLSetConfigOption("SHAPE_RESTORE_SHX", "NO");  // we do, in memory
    CPLSetConfigOption("OGR_ARC_STEPSIZE", "0.1");  // 4 degrees would lose 6 cm on a radius of 100 m
    CPLSetConfigOption("GML_SKIP_RESOLVE_ELEMS", "ALL");
    CPLSetConfigOption("PROJ_NETWORK", "OFF");
}

}  // namespace

void prepare_gdal() {
    static std::once_flag once;
    std::call_once(once, [] {
        clear_environment();
        GetGDALDriverManager();  // reads gdalrc files
        configure();
        close_network();
        register_drivers();
    });
}

std::string gdal_version() { return fmt::format("GDAL {}", GDALVersionInfo("RELEASE_NAME")); }

}  // namespace geo
