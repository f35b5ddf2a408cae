// SPDX-License-Identifier: Apache-2.0
//
// Premises over time from registers as they are: London's hygiene register, Greater Manchester's betting shops (both skipped, saying so, where the shared data
// are not there), and Fernhill, whose truth is known.
#include <doctest/doctest.h>

#include <algorithm>
#include <map>
#include <set>

#include "libgeo/layers/premises.h"
#include "libgeo/layers/premises_changes.h"
#include "small_study.h"

using namespace geo;
using geo::test::has;
using geo::test::SmallStudy;

namespace {

std::string snapshots(const std::vector<std::pair<std::string, std::string>>& file_and_date) {
    std::string list;
    for (const auto& [file, date] : file_and_date)
        list += (list.empty() ? "" : ", ") + ("{ file = \"" + file + "\", date = " + date + " }");
    return "kind = \"outlets\"\nsnapshots = [" + list + "]\n";
}

/// The registers of July 2020, November 2020 and August 2021; none where they are not there.
std::optional<std::string> london() {
    const auto shared = test::shared_data();
    if (!shared) {
        MESSAGE("skipped: the shared data are not here");
        return std::nullopt;
    }
    const std::string file = (*shared / "data/fhrs/fhrs_london_").string();
    return "[layers.food]\n" + snapshots({{file + "2020-07-21.csv.gz", "2020-07-21"},
                                          {file + "2020-11-14.csv.gz", "2020-11-14"},
                                          {file + "2021-08.csv.gz", "2021-08-20"}});
}

std::vector<ChangeParts> of_authority(const Premises& p, const std::vector<ChangeParts>& all, const std::string& code) {
    std::vector<ChangeParts> out;
    std::copy_if(all.begin(), all.end(), std::back_inserter(out),
                 [&](const ChangeParts& c) { return p.authorities[c.authority] == code; });
    return out;
}

std::int64_t sum_of_parts(const ChangeParts& c) {
    std::int64_t sum = 0;
    for (const ChangePart& part : c.parts) sum += part.change;
    return sum;
}

void check_counts(const std::vector<ChangeParts>& pairs, const std::vector<std::int64_t>& counts) {
    REQUIRE(pairs.size() + 1 == counts.size());
    for (std::size_t i = 0; i < pairs.size(); ++i) {
        CHECK(pairs[i].before == counts[i]);
        CHECK(pairs[i].after == counts[i + 1]);
        CHECK(sum_of_parts(pairs[i]) == counts[i + 1] - counts[i]);
    }
}

constexpr Use kTakeaway = Use::hot_food_takeaway;

}  // namespace

TEST_CASE("London's takeaways at three dates: the parts sum to the change, borough by borough") {
    const auto study = london();
    if (!study) return;
    SmallStudy s;
    const Layers layers = s.load(*study);
    s.issues.verify_accounts();
    const OutletLayer& layer = layers.outlets.at(0);
    const Premises p = premises_of(layer, s.issues);
    const auto all = change_parts(p, kTakeaway);
    CHECK(all.size() == 64);  // 32 authorities, twice
    check_counts(of_authority(p, all, "522"), {299, 343, 401});
    check_counts(of_authority(p, all, "531"), {218, 211, 228});
    check_counts(of_authority(p, all, "506"), {610, 668, 812});
    std::int64_t before = 0, after = 0;
    for (const ChangeParts& c : all) {
        CHECK(sum_of_parts(c) == c.after - c.before);
        before += c.before, after += c.after;
    }
    CHECK(before == 7596 - 192 + 7867);  // without Westminster's 192 of 2020-07
    CHECK(after == 7867 + 8790);
    for (std::uint32_t row = 0; row < layer.size(); ++row) CHECK_FALSE(p.spell_of_row[row] == Premises::kNone);
}

TEST_CASE("Westminster is absent from London's later snapshots, and nothing closes there") {
    const auto study = london();
    if (!study) return;
    SmallStudy s;
    const Layers layers = s.load(*study);
    const Premises p = premises_of(layers.outlets.at(0), s.issues);
    const auto westminster = static_cast<std::uint32_t>(std::find(p.authorities.begin(), p.authorities.end(), "533") -
                                                        p.authorities.begin());
    REQUIRE(westminster < p.authorities.size());
    CHECK(p.covers(westminster, p.snapshot_dates[0]));
    CHECK_FALSE(p.covers(westminster, p.snapshot_dates[1]));
    std::size_t spells = 0, ended = 0;
    for (std::size_t i = 0; i < p.size(); ++i) {
        spells += p.authority[i] == westminster;
        ended += p.authority[i] == westminster && p.closed[i].by != kNotEnded;
    }
    CHECK(spells > 3000);
    CHECK(ended == 0);
    REQUIRE(s.of("authority-absent").size() == 2);
    CHECK(has(s.of("authority-absent").at(0).message, "533"));
    // Merton issued new numbers in 2021: shops under another number, not 112 openings.
    const auto merton = of_authority(p, change_parts(p, kTakeaway), "521").at(1);
    CHECK(merton[ChangeKind::new_operator].premises > 100);
    CHECK(merton[ChangeKind::opened].premises < 20);
}

TEST_CASE("a takeaway of Barking under another number is the same premises") {
    const auto study = london();
    if (!study) return;
    SmallStudy s;
    const Layers layers = s.load(*study);
    const OutletLayer& layer = layers.outlets.at(0);
    const Premises p = premises_of(layer, s.issues);
    std::set<std::uint32_t> premises;
    std::set<std::string> ids;
    for (std::uint32_t row = 0; row < layer.size(); ++row) {
        if (layer.name[row] != "Azan Grill" || !has(std::string(layer.address[row]), "81 Longbridge Road")) continue;
        premises.insert(p.premises[p.spell_of_row[row]]);
        ids.emplace(layer.id[row]);
    }
    CHECK(premises.size() == 1);
    CHECK(ids.size() == 2);
}

TEST_CASE("betting shops of Greater Manchester, from files of different columns and without ids") {
    const auto shared = test::shared_data();
    if (!shared) {
        MESSAGE("skipped: the shared data are not here");
        return;
    }
    const std::string file = (*shared / "data/gambling/greater_manchester_gambling_premises_").string();
    SmallStudy s;
    const Layers layers = s.load("[layers.betting]\n" + snapshots({{file + "2018-09.csv", "2018-09-01"},
                                                                   {file + "2023-08-04.csv", "2023-08-04"}}));
    const Premises p = premises_of(layers.outlets.at(0), s.issues);
    CHECK(layers.outlets.at(0).facts.files.at(1).preset == "gambling-commission");
    CHECK(layers.outlets.at(0).postcode[0] == "BL1 2HA");
    CHECK(layers.outlets.at(0).authority[0] == "E0800001");
    const auto all = change_parts(p, Use::betting_shop);
    CHECK(all.size() == 9);
    std::int64_t before = 0, after = 0, opened = 0;
    for (const ChangeParts& c : all) {
        CHECK(sum_of_parts(c) == c.after - c.before);
        before += c.before, after += c.after;
        opened += static_cast<std::int64_t>(c[ChangeKind::opened].premises + c[ChangeKind::unmatched_new].premises);
    }
    CHECK(before == 465);
    CHECK(after == 301);
    CHECK(opened < 30);  // by row number or by name alone nearly all would be new
    check_counts(of_authority(p, all, "E0800003"), {122, 76});  // Manchester
}

TEST_CASE("Fernhill's registrations under another number are no openings") {
    const std::string folder = std::string(CORDON_SOURCE_DIR) + "/datasets/fernhill/";
    std::vector<std::pair<std::string, std::string>> files;
    for (int year = 2011; year <= 2025; ++year) {
        const std::string date = std::to_string(year) + "-07-20";
        files.emplace_back(folder + "fhrs/fhrs_" + date + ".csv", date);
    }
    SmallStudy s;
    const Layers layers =
        s.load("[layers.register]\n" + snapshots(files) + "[layers.truth]\nkind = \"outlets\"\nfile = \"" + folder +
               "outlets.csv\"\ncrs = \"EPSG:27700\"\n");
    const OutletLayer &layer = layers.outlets.at(0), &truth = layers.outlets.at(1);
    const Premises p = premises_of(layer, s.issues), t = premises_of(truth, s.issues);
    std::multimap<std::string, std::uint32_t> at_address;  // takeaways as they were
    for (std::uint32_t i = 0; i < t.size(); ++i) {
        if ((t.uses[i] & use_bit(kTakeaway)) != 0) at_address.emplace(truth.address[i], i);
    }
    const auto traded = [&](std::string_view address, Date day) {
        const auto [first, last] = at_address.equal_range(std::string(address));
        return std::any_of(first, last, [&](const auto& entry) { return t.trades(entry.second, day); });
    };
    const auto began = [&](std::string_view address, const DayBetween& between) {
        const auto [first, last] = at_address.equal_range(std::string(address));
        return std::any_of(first, last, [&](const auto& entry) {
            return !t.trades(entry.second, between.after) && t.trades(entry.second, between.by);
        });
    };
    std::size_t opened = 0, unmatched = 0, not_so = 0;
    for (std::uint32_t i = 0; i < p.size(); ++i) {
        if ((p.uses[i] & use_bit(kTakeaway)) == 0 || !p.opens(i)) continue;
        ++(p.began[i] == Happening::unmatched ? unmatched : opened);
        if (p.began[i] == Happening::opened && !began(layer.address[p.first_row[i]], p.opened[i])) ++not_so;
    }
    std::size_t openings = 0, successors = 0;  // as they were; of them, where another takeaway traded the year before
    for (const auto& [address, i] : at_address) {
        for (std::size_t k = 1; k < p.snapshot_dates.size(); ++k) {
            if (t.trades(i, p.snapshot_dates[k - 1]) || !t.trades(i, p.snapshot_dates[k])) continue;
            ++openings;
            successors += traded(address, p.snapshot_dates[k - 1]);
        }
    }
    std::size_t renumbered = 0;
    for (const ChangeParts& c : change_parts(p, kTakeaway)) renumbered += c[ChangeKind::new_operator].premises;
    CAPTURE(openings);
    CAPTURE(successors);
    CAPTURE(opened);
    CHECK(not_so == 0);
    CHECK(renumbered > 150);
    CHECK(opened <= openings);
    CHECK(opened + unmatched >= openings - successors);
    CHECK(unmatched <= 20);
}
