// SPDX-License-Identifier: Apache-2.0
//
// Private to this stage: how the units of one frontage are put in order, and where it is broken.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "libgeo/layers/frontages.h"
#include "libgeo/layers/loaders.h"
#include "libgeo/layers/row_words.h"
#include "libgeo/layers/street_lines.h"

namespace geo {

/// A row of the file that is a unit.
struct UnitRow {
    std::size_t row = 0;    ///< in WholeFile::rows
    std::int64_t line = 0;  ///< of the file
    std::string_view id;
    std::string street;  ///< folded
    std::optional<double> sequence;
    std::optional<StreetNumber> number;
    Date opened = kBeforeRecords, closed = kNotEnded;
};

/// A unit's standing in a frontage: a corner unit has several.
struct Standing {
    std::uint32_t unit = 0;
    double along = 0.0;  ///< NaN: not known
    bool even = false;   ///< the side of the street, where sides are kept apart
    bool break_before = false;
};

/// Lines of parades by id.
class ParadeLines {
  public:
    /// Reads the lines of `spec.lines`. `parades`: those that have units, sorted; other lines are left aside.
    ParadeLines(const LoadContext& context, const LayerSpec& spec, const std::vector<std::string>& parades);
    bool has(const std::string& parade) const { return lines_.contains(parade); }
    /// Metres along the line to its point nearest to p, and how far that is.
    struct Foot {
        double along = 0.0, distance = 0.0;
    };
    Foot foot(const std::string& parade, Point p) const;
    const FileRecord& record() const { return record_; }

  private:
    Shapes shapes_;
    std::map<std::string, std::uint32_t, std::less<>> lines_;
    FileRecord record_;
};

/// What of a frontage is doubtful: lines of the file.
struct OrderDoubts {
    std::string way;                          ///< by which it is ordered: `sequence`, `street number`, `parade line`
    std::vector<std::int64_t> without_place;  ///< units that stand last, apart from all others
    std::vector<std::int64_t> same_place;     ///< different units at one position
    std::vector<std::int64_t> same_id;        ///< rows of one unit at one time
    std::vector<std::int64_t> far_from_line;
    std::vector<std::string> streets;  ///< more than one, though the order is by number
};

/// What an order and its breaks are made from.
struct FrontageContext {
    const std::vector<UnitRow>* units = nullptr;
    const FrontageBreaks* breaks = nullptr;
    const Shapes* shapes = nullptr;  ///< one a unit
    const ParadeLines* lines = nullptr;
    const StreetLines* streets = nullptr;
    double far_m = 100.0;  ///< beyond this a unit is far from its parade's line
};

/// Orders the units of `parade`, by the first of sequence, street number and line that places all of them; by that which places most where none does.
OrderDoubts put_in_order(const FrontageContext& context, const std::string& parade, std::vector<Standing>& standings);

/// Pairs of neighbours for which a break could not be looked for.
struct BreakDoubts {
    std::uint64_t no_distance = 0, no_side = 0, no_place = 0;
};

/// Sets break_before of standings that are in order. Streets that only stand one after another are broken, too, and so are units without a place.
void find_breaks(const FrontageContext& context, const OrderDoubts& order, std::vector<Standing>& standings,
                 BreakDoubts& doubts);

/// One issue that names its lines; none where there are no lines.
void note_lines(const LayerFile& file, const char* code, const std::vector<std::int64_t>& lines,
                const std::string& what, const std::string& action, std::string_view id, bool hides, Issues& issues);
/// Units without a place in the order may hide a breach: a run or a gap that is not seen.
void note_order(const LayerFile& file, const LayerSpec& spec, const std::string& parade, std::size_t units,
                const OrderDoubts& order, Issues& issues);
void note_breaks(const LayerFile& file, const BreakDoubts& doubts, Issues& issues);

}  // namespace geo
