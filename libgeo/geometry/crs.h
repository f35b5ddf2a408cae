// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "libgeo/geometry/shapes.h"

namespace geo {

/// Where the OSTN15 grid was looked for and found. PROJ's network access is always off.
struct GridFolders {
    std::vector<std::string> folders;  ///< searched before PROJ's own; may be empty
};

/// A coordinate reference system, as a user or a file names it. Coordinates are always (easting, northing) or (longitude,
/// latitude), whatever the authority's axis order.
class Crs {
  public:
    /// `EPSG:27700`, WKT, a PROJJSON text. Throws UsageError for text that names no CRS (file paths, URLs and PROJ
    /// strings with `+init`, `+nadgrids` are refused).
    static Crs from_text(const std::string& text);

    const std::string& code() const {
        return code_;
    }  ///< `EPSG:27700` where PROJ can identify it with certainty, else its name
    const std::string& name() const { return name_; }        ///< `OSGB36 / British National Grid`
    const std::string& definition() const { return text_; }  ///< what from_text was given
    bool is_geographic() const { return geographic_; }
    bool is_projected_in_metres() const { return metres_; }
    /// Its metres are metres on the ground to within 5 % wherever it may be used. False for web Mercator (EPSG:3857), where 400 m are 243 m at 52.6 N.
    bool keeps_distances() const { return keeps_distances_; }
    /// WGS 84 in any of its guises is taken as ETRS89 when going to or from a European grid (stated in the report: under 1 m, plate motion).
    bool is_wgs84() const { return wgs84_; }
    /// Where the CRS may be used, in its own coordinates (a projected CRS: its area of use projected, with 1 % to spare).
    const std::optional<Box>& bounds() const { return bounds_; }
    /// The same text, or identified as the same code. A CRS known only by a name equals no other: files name theirs `unknown`.
    bool operator==(const Crs& other) const {
        return text_ == other.text_ || (identified_ && other.identified_ && code_ == other.code_);
    }

  private:
    std::string text_, code_, name_;
    bool geographic_ = false, metres_ = false, wgs84_ = false, identified_ = false, keeps_distances_ = false;
    std::optional<Box> bounds_;
};

/// The one operation by which a layer comes into the study's CRS. Chosen once, by name, never per point.
struct OperationInfo {
    bool identity = true;     ///< the layer is in the study's CRS already
    std::string name;         ///< PROJ's name of the operation; empty for identity
    double accuracy_m = 0.0;  ///< as PROJ states it; -1 unknown
    std::string grid;         ///< file name of the grid used; empty if none
    std::string grid_path;    ///< where it was found, for hashing
    double loss_m =
        0.0;  ///< what a missing grid loses (5 m for OSTN15): widens tolerances once between layers that came in differently
    std::string note;  ///< what to tell the user: `the OSTN15 grid is missing: …`, `WGS 84 taken as ETRS89`
};

/// What a missing grid loses between what came in by these: once, and only when they differ.
double loss_between(const OperationInfo& a, const OperationInfo& b);

class Transformation {
  public:
    /// Chooses the most accurate operation that can be carried out here. Ballpark operations are refused (UsageError: says what
    /// is missing). Without the OSTN15 grid, EPSG:4326/4258 ↔ 27700 falls to the best Helmert and says loss_m = 5.
    static Transformation between(const Crs& from, const Crs& to, const GridFolders& grids);
    Transformation(Transformation&&) noexcept;
    Transformation& operator=(Transformation&&) noexcept;
    ~Transformation();

    const OperationInfo& info() const { return info_; }
    /// In place. A point that cannot be transformed (outside the grid, not finite) becomes NaN, NaN; returns their number.
    /// Not thread-safe: `clone` one for each thread.
    std::size_t apply(std::span<double> xs, std::span<double> ys) const;
    Transformation clone() const;

  private:
    struct Held;
    Transformation();
    OperationInfo info_;
    std::unique_ptr<Held> held_;
};

/// `PROJ 9.1.1`.
std::string proj_version();

}  // namespace geo
