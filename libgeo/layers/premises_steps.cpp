// SPDX-License-Identifier: Apache-2.0
#include "libgeo/layers/premises_steps.h"

#include <algorithm>
#include <string>

#include "libgeo/base/text.h"

namespace geo {
namespace {

class StepBuilder {
  public:
    StepBuilder(const Records& records, Issues& issues)
        : records_(records), layer_(*records.layer), issues_(issues), files_(layer_.snapshot_dates.size()) {}

    Steps build() {
        steps_.dates = layer_.snapshot_dates;
        std::sort(steps_.dates.begin(), steps_.dates.end());
        steps_.dates.erase(std::unique(steps_.dates.begin(), steps_.dates.end()), steps_.dates.end());
        steps_.rows.resize(steps_.dates.size());
        steps_.covered.assign(steps_.dates.size(), std::vector<std::uint8_t>(authorities(), 0));
        look_at_files();
        take_rows();
        cover();
        note_gaps();
        return std::move(steps_);
    }

  private:
    /// One file of a snapshot.
    struct File {
        std::uint32_t step = 0;
        bool says = false;                 // some row states an authority, or the study says `covers`
        std::vector<std::uint8_t> covers;  // by authority
    };

    std::size_t authorities() const { return records_.authorities.size(); }

    std::uint32_t authority_of(const std::string& code) const {
        const auto& all = records_.authorities;
        const auto found = std::lower_bound(all.begin() + 1, all.end(), code);
        return found != all.end() && *found == code ? static_cast<std::uint32_t>(found - all.begin()) : 0U;
    }

    void look_at_files() {
        for (std::size_t f = 0; f < files_.size(); ++f) {
            const auto at = std::lower_bound(steps_.dates.begin(), steps_.dates.end(), layer_.snapshot_dates[f]);
            files_[f].step = static_cast<std::uint32_t>(at - steps_.dates.begin());
            files_[f].covers.assign(authorities(), 0);
            files_[f].says = !layer_.snapshot_covers[f].empty();
            for (const std::string& code : layer_.snapshot_covers[f]) {
                const std::uint32_t a = authority_of(code);
                files_[f].covers[a] = 1;
                if (a == 0) note_unknown(f, code);
            }
        }
    }

    void take_rows() {
        for (std::uint32_t row = 0; row < records_.size(); ++row) {
            File& file = files_[static_cast<std::size_t>(layer_.snapshot[row])];
            const std::uint32_t a = records_.authority[row];
            const bool listed = !layer_.snapshot_covers[static_cast<std::size_t>(layer_.snapshot[row])].empty();
            if (listed && a != 0 && file.covers[a] == 0) {
                set_aside(row, "not-covered",
                          "its authority " + printable(layer_.authority[row]) +
                              " is not among those that the snapshot `covers`");
                continue;
            }
            if (a != 0) file.covers[a] = 1, file.says = true;
            if (trades(row, steps_.dates[file.step])) {
                steps_.rows[file.step].push_back(row);
            } else if (layer_.unclear[row] == 0) {  // else listed when it was read
                set_aside(row, "not-trading", "by its own dates it does not trade on the day of the snapshot");
            }
        }
    }

    void cover() {
        for (const File& file : files_) {
            std::vector<std::uint8_t>& covered = steps_.covered[file.step];
            for (std::size_t a = 0; a < authorities(); ++a) {
                if (!file.says || file.covers[a] != 0) covered[a] = 1;
            }
            covered[0] = 1;
        }
    }

    bool trades(std::uint32_t row, Date day) const {
        return layer_.unclear[row] == 0 && layer_.opened[row] <= day && day < layer_.closed[row];
    }

    void set_aside(std::uint32_t row, const char* code, const std::string& why) {
        issues_.add(issue_of_row(layer_, row, code, why, "left out of the counts over time"));
    }

    Issue of_file(std::size_t f, const std::string& code, const std::string& message, const std::string& action) const {
        Issue issue;
        issue.layer = layer_.facts.name;
        issue.file = f < layer_.facts.files.size() ? layer_.facts.files[f].file : std::string();
        issue.code = code;
        issue.message = message;
        issue.action = action;
        return issue;
    }

    void note_unknown(std::size_t f, const std::string& code) {
        const auto near = nearest_word(code, records_.authorities);
        issues_.add(of_file(f, "unknown-authority",
                            "`covers` names the authority " + printable(code) + ", which no row of any snapshot has" +
                                (near ? "; " + printable(*near) + " is the nearest" : ""),
                            "nothing is known of it"));
    }

    /// Authorities that stand in some snapshot and not in this one; and codes of another kind than before.
    void note_gaps() {
        if (authorities() < 2) return;
        for (std::size_t f = 0; f < files_.size(); ++f) note_gap(f);
        for (std::size_t s = 1; s < steps_.dates.size(); ++s) {
            bool shared = false, before = false, now = false;
            for (std::size_t a = 1; a < authorities(); ++a) {
                const bool was = steps_.covered[s - 1][a] != 0, is = steps_.covered[s][a] != 0;
                shared = shared || (was && is), before = before || was, now = now || is;
            }
            if (shared || !before || !now) continue;
            issues_.add(of_file(first_file(s), "other-authorities",
                                "no authority of the snapshot of " + format_date(steps_.dates[s - 1]) +
                                    " is in that of " + format_date(steps_.dates[s]),
                                "nothing can be compared between them; if the codes are of two kinds, map the same "
                                "column as `authority` in both"));
        }
    }

    std::size_t first_file(std::size_t step) const {
        const auto found = std::find_if(files_.begin(), files_.end(), [&](const File& f) { return f.step == step; });
        return static_cast<std::size_t>(found - files_.begin());
    }

    void note_gap(std::size_t f) {
        if (first_file(files_[f].step) != f) return;  // once a day
        std::vector<std::string> absent;
        for (std::size_t a = 1; a < authorities(); ++a) {
            if (steps_.covered[files_[f].step][a] == 0) absent.push_back(printable(records_.authorities[a], 40));
        }
        if (absent.empty()) return;
        constexpr std::size_t kShown = 20;
        const std::size_t all = absent.size();
        if (all > kShown) absent.resize(kShown), absent.push_back(std::to_string(all - kShown) + " more");
        issues_.add(of_file(f, "authority-absent",
                            "the snapshot of " + format_date(steps_.dates[files_[f].step]) + " has no rows of " +
                                counted(all, "authority", "authorities") + ": " + join_words(absent),
                            "no closure is reported there; say `covers` in the snapshot if there is nothing any more"));
    }

    const Records& records_;
    const OutletLayer& layer_;
    Issues& issues_;
    std::vector<File> files_;
    Steps steps_;
};

}  // namespace

Steps steps_of(const Records& records, Issues& issues) { return StepBuilder(records, issues).build(); }

Issue issue_of_row(const OutletLayer& layer, std::uint32_t row, const std::string& code, const std::string& message,
                   const std::string& action) {
    Issue issue;
    issue.layer = layer.facts.name;
    const auto file = static_cast<std::size_t>(std::max(layer.snapshot[row], 0));
    if (file < layer.facts.files.size()) issue.file = layer.facts.files[file].file;
    issue.row = layer.row[row];
    issue.id = layer.id[row];
    issue.code = code;
    issue.message = message;
    issue.action = action;
    if (layer.shapes.has_location(row)) {
        const Point at = layer.shapes.first_point(row);
        issue.has_place = true;
        issue.x = at.x, issue.y = at.y;
    }
    return issue;
}

}  // namespace geo
