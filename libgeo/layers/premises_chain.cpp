// SPDX-License-Identifier: Apache-2.0
#include "libgeo/layers/premises_chain.h"

#include <algorithm>
#include <array>
#include <chrono>
#include <limits>
#include <unordered_map>

#include "libgeo/layers/premises_match.h"
#include "libgeo/layers/premises_notes.h"

namespace geo {
namespace {

constexpr std::uint32_t kNone = Premises::kNone;

/// What both say of a kind of thing, and differently.
bool differ(std::uint32_t a, std::uint32_t b) { return a != 0 && b != 0 && a != b; }
bool agree(std::uint32_t a, std::uint32_t b) { return a != 0 && a == b; }

/// To which premises an id was given. One that was ever given to two tells nothing.
class RegisteredIds {
  public:
    void give(const Face& face, std::uint32_t premises) {
        if (face.id == 0) return;
        for (const std::uint32_t authority : {face.authority, kNone}) {
            std::uint32_t& given = given_.try_emplace(key(authority, face.id), premises).first->second;
            if (given != premises) given = kSeveral;
        }
    }
    /// By id within the authority; by id alone where that authority never gave it. kNone: none, or several.
    std::uint32_t premises_of(const Face& face) const {
        if (face.id == 0) return kNone;
        auto found = given_.find(key(face.authority, face.id));
        if (found == given_.end()) found = given_.find(key(kNone, face.id));
        return found == given_.end() || found->second == kSeveral ? kNone : found->second;
    }

  private:
    static constexpr std::uint32_t kSeveral = kNone - 1;
    static std::uint64_t key(std::uint32_t authority, std::uint32_t id) {
        constexpr unsigned kHalf = 32;
        return (std::uint64_t{authority} << kHalf) | id;
    }
    std::unordered_map<std::uint64_t, std::uint32_t> given_;
};

/// Every snapshot in turn: its records go on with premises that are open, or begin new ones; open premises of authorities that it covers and that it does not
/// show have closed.
class Chain {
  public:
    Chain(const OutletLayer& layer, const Records& records, Steps&& steps, Issues& issues)
        : layer_(layer),
          records_(records),
          steps_(std::move(steps)),
          notes_(layer, issues),
          within_(layer.facts.accuracy.value) {
        for (const Metres accuracy : layer.snapshot_accuracy) within_ = std::max(within_, accuracy.value);
    }

    Premises build() {
        out_.layer = &layer_;
        out_.spell_of_row.assign(layer_.size(), kNone);
        out_.previous_row.assign(layer_.size(), kNone);
        out_.renamed.assign(layer_.size(), 0);
        for (step_ = 0; step_ < steps_.dates.size(); ++step_) take_step();
        place_spells();
        out_.authorities = records_.authorities;
        out_.snapshot_dates = steps_.dates;
        out_.covered = std::move(steps_.covered);
        return std::move(out_);
    }

  private:
    // --- one snapshot ---

    void take_step() {
        gather_sides();
        const StepMatch match = match_step(records_, old_, new_, within_);
        const std::size_t first_event = out_.events.size();
        for (std::uint32_t i = 0; i < new_.size(); ++i) {
            if (match.old_of[i] != StepMatch::kNone) go_on(old_spells_[match.old_of[i]], new_.rows[i], new_.faces[i]);
        }
        const std::vector<std::uint32_t> claims = claims_of(match);
        for (std::uint32_t i = 0; i < new_.size(); ++i) {
            if (match.old_of[i] == StepMatch::kNone) arrive(match, i, claims[i]);
        }
        for (std::uint32_t i = 0; i < old_.size(); ++i) {
            if (match.new_of[i] == StepMatch::kNone) close(match, i);
        }
        std::erase_if(open_, [this](std::uint32_t spell) { return out_.closed[spell].by != kNotEnded; });
        std::stable_sort(out_.events.begin() + static_cast<std::ptrdiff_t>(first_event), out_.events.end(),
                         [this](const auto& a, const auto& b) { return premises_of_event(a) < premises_of_event(b); });
        notes_.end_step(steps_.dates[step_]);
    }

    void gather_sides() {
        old_ = {}, new_ = {};
        old_spells_.clear();
        for (const std::uint32_t spell : open_) {
            if (!covered(out_.authority[spell])) continue;
            old_.add(faces_[spell], out_.last_row[spell]);
            old_spells_.push_back(spell);
        }
        for (const std::uint32_t row : steps_.rows[step_]) new_.add(records_.face(row), row);
    }

    /// The spell from longer ago that each unmatched record goes on with; kNone: none, or several claim it.
    std::vector<std::uint32_t> claims_of(const StepMatch& match) const {
        std::vector<std::uint32_t> claims(new_.size(), kNone);
        std::unordered_map<std::uint32_t, std::uint32_t> claimed;
        for (std::uint32_t i = 0; i < new_.size(); ++i) {
            if (match.old_of[i] != StepMatch::kNone) continue;
            claims[i] = spell_of_same_id(new_.faces[i]);
            if (claims[i] != kNone) ++claimed[claims[i]];
        }
        for (std::uint32_t& claim : claims) {
            if (claim != kNone && claimed.at(claim) > 1) claim = kNone;
        }
        return claims;
    }

    /// A record that was matched with none of the snapshot before. `before`: the spell from longer ago that it goes on with.
    void arrive(const StepMatch& match, std::uint32_t i, std::uint32_t before) {
        const std::uint32_t row = new_.rows[i];
        const Face& face = new_.faces[i];
        if (before != kNone && out_.closed[before].by == kNotEnded) return go_on(before, row, face);
        if (before != kNone) return open_again(before, row, face);
        const bool doubtful = match.may_be_old[i] != StepMatch::kNone;
        const std::uint32_t spell = begin(premises_++, doubtful ? Happening::unmatched : Happening::opened,
                                          first_seen(face.authority, row), row, face, new_stay());
        if (out_.opened[spell].by == kBeforeRecords) {
            out_.began[spell] = Happening::opened;
        } else {
            add_event(out_.began[spell], kNone, spell, out_.opened[spell]);
        }
        if (doubtful) notes_.may_be(row, old_.rows[match.may_be_old[i]], true);
    }

    void close(const StepMatch& match, std::uint32_t i) {
        const bool doubtful = match.may_be_new[i] != StepMatch::kNone;
        const std::uint32_t spell = old_spells_[i];
        end(spell, doubtful ? Happening::unmatched : Happening::closed);
        add_event(out_.ended[spell], spell, kNone, out_.closed[spell]);
        if (doubtful) notes_.may_be(old_.rows[i], new_.rows[match.may_be_new[i]], false);
    }

    // --- what becomes of premises ---

    void go_on(std::uint32_t spell, std::uint32_t row, const Face& face) {
        const Face was = faces_[spell];
        const std::uint32_t last = out_.last_row[spell];
        const DayBetween when{date_of(last), steps_.dates[step_]};
        const bool moves = differ(was.authority, face.authority) || has_moved(was, face);
        const bool changes = was.uses != face.uses;
        std::uint32_t to = spell;
        if (moves || changes) {
            end(spell, moves ? Happening::moved : Happening::new_use);
            to = begin(out_.premises[spell], out_.ended[spell], when, row, face, moves ? new_stay() : stay_[spell]);
        }
        out_.previous_row[row] = last;
        out_.renamed[row] = differ(was.id, face.id) || differ(was.name, face.name);
        note_events(spell, to, row, moves, changes, when);
        learn(to, row, was, face, moves);
    }

    void note_events(std::uint32_t spell, std::uint32_t to, std::uint32_t row, bool moves, bool changes,
                     const DayBetween& when) {
        const bool had = layer_.shapes.has_location(out_.previous_row[row]), has = layer_.shapes.has_location(row);
        const std::array<std::pair<bool, Happening>, 5> all = {{{moves, Happening::moved},
                                                                {out_.renamed[row] != 0, Happening::new_operator},
                                                                {changes, Happening::new_use},
                                                                {!moves && !had && has, Happening::location_gained},
                                                                {!moves && had && !has, Happening::location_lost}}};
        bool chained = false;
        for (const auto& [happens, what] : all) {
            if (!happens) continue;
            add_event(what, spell, to, when);
            out_.events.back().chained = chained;
            chained = true;
        }
    }

    /// The record is the latest of the spell: what it says goes before what was said, what it does not say stays.
    void learn(std::uint32_t spell, std::uint32_t row, const Face& was, const Face& face, bool moved) {
        Face& now = faces_[spell];
        now = face;
        const auto keep = [](std::uint32_t& mine, std::uint32_t before) { mine = mine != 0 ? mine : before; };
        keep(now.id, was.id);
        keep(now.name, was.name);
        keep(now.authority, was.authority);
        if (!moved) {
            keep(now.postcode, was.postcode);
            if (now.address == 0) now.address = was.address, now.door = was.door;
            keep(now.place, was.place);
            keep(now.uprn, was.uprn);
            if (!now.located) now.located = was.located, now.at = was.at;
            if (was.located && face.located) note_jump(row, was, face);
        }
        out_.authority[spell] = now.authority;
        out_.last_row[spell] = row;
        out_.spell_of_row[row] = spell;
        if (now.id != was.id || now.authority != was.authority) ids_.give(now, out_.premises[spell]);
        see_point(stay_[spell], row);
    }

    void open_again(std::uint32_t before, std::uint32_t row, const Face& face) {
        const Face was = faces_[before];
        const bool moved = has_moved(was, face);
        const std::uint32_t spell = begin(out_.premises[before], Happening::opened, first_seen(face.authority, row),
                                          row, face, moved ? new_stay() : stay_[before]);
        out_.renamed[row] = differ(was.name, face.name);
        add_event(Happening::opened, kNone, spell, out_.opened[spell]);
        out_.events.back().again = true;
        learn(spell, row, was, face, moved);
        notes_.back_again(row);
    }

    /// Premises of the same id that are not on the old side: closed before, or open in an authority that this snapshot does not cover (merged into the one that
    /// registers them now).
    std::uint32_t spell_of_same_id(const Face& face) const {
        const std::uint32_t premises = ids_.premises_of(face);
        if (premises == kNone) return kNone;
        const std::uint32_t last = last_spell_[premises];
        const Face& was = faces_[last];
        if (was.id != face.id) return kNone;  // registered under another since
        const bool same_name = agree(was.name, face.name), same_place = agree(was.postcode, face.postcode);
        const bool closed = out_.closed[last].by != kNotEnded;
        if (!closed) {
            const bool elsewhere = differ(was.authority, face.authority) && !covered(was.authority);
            return elsewhere && (same_name || same_place) ? last : kNone;
        }
        if (differ(was.authority, face.authority) && !same_name && !same_place) return kNone;
        return differ(was.name, face.name) && !same_place && !agree(was.address, face.address) ? kNone : last;
    }

    /// The same premises at another address. The same postcode, or UPRN, is no move; nor is a corrected postcode of the same address.
    bool has_moved(const Face& was, const Face& face) const {
        if (agree(was.uprn, face.uprn) || agree(was.postcode, face.postcode)) return false;
        const bool same_address =
            was.door != 0 && face.door != 0 ? was.door == face.door : agree(was.address, face.address);
        const bool apart =
            was.located && face.located && distance_between(was.at, face.at) > std::max(within_, kSamePoint);
        if (differ(was.postcode, face.postcode)) return !same_address || apart;
        if (same_address || was.address == 0 || face.address == 0) return false;
        const bool one_point = was.located && face.located && distance_between(was.at, face.at) <= kSamePoint;
        return !one_point;
    }

    /// Nothing but the points says that it moved: taken as one place.
    void note_jump(std::uint32_t row, const Face& was, const Face& face) {
        const bool told = (was.postcode != 0 && face.postcode != 0) || (was.address != 0 && face.address != 0);
        if (!told && distance_between(was.at, face.at) > std::max(within_, kSamePoint)) notes_.jump(row);
    }

    // --- spells ---

    std::uint32_t begin(std::uint32_t premises, Happening began, DayBetween opened, std::uint32_t row, const Face& face,
                        std::uint32_t stay) {
        const auto spell = static_cast<std::uint32_t>(out_.size());
        out_.premises.push_back(premises);
        out_.first_row.push_back(row);
        out_.last_row.push_back(row);
        out_.uses.push_back(face.uses);
        out_.opened.push_back(opened);
        out_.closed.push_back({kNotEnded, kNotEnded});
        out_.began.push_back(began);
        out_.ended.push_back(Happening::closed);
        out_.unclear.push_back(0);
        out_.authority.push_back(face.authority);
        faces_.push_back(face);
        stay_.push_back(stay);
        out_.spell_of_row[row] = spell;
        last_spell_.resize(std::max<std::size_t>(last_spell_.size(), premises + 1), kNone);
        last_spell_[premises] = spell;
        ids_.give(face, premises);
        open_.push_back(spell);
        see_point(stay, row);
        return spell;
    }

    void end(std::uint32_t spell, Happening ended) {
        out_.closed[spell] = {date_of(out_.last_row[spell]), steps_.dates[step_]};
        out_.ended[spell] = ended;
    }

    void add_event(Happening what, std::uint32_t from, std::uint32_t to, const DayBetween& when) {
        out_.events.push_back({what, from, to, when, false, false});
    }
    std::uint32_t premises_of_event(const Premises::Event& event) const {
        return out_.premises[event.to != kNone ? event.to : event.from];
    }

    bool covered(std::uint32_t authority) const { return steps_.covered[step_][authority] != 0; }
    Date date_of(std::uint32_t row) const {
        return layer_.snapshot_dates[static_cast<std::size_t>(layer_.snapshot[row])];
    }

    /// After the latest snapshot before this one that covers the authority; before the record where there is none. To the day where the row has a date of its
    /// own in between.
    DayBetween first_seen(std::uint32_t authority, std::uint32_t row) const {
        for (std::size_t s = step_; s-- > 0;) {
            if (steps_.covered[s][authority] == 0) continue;
            const Date stated = layer_.opened[row];
            if (stated > steps_.dates[s] && stated <= steps_.dates[step_])
                return {stated - std::chrono::days(1), stated};
            return {steps_.dates[s], steps_.dates[step_]};
        }
        return {kBeforeRecords, kBeforeRecords};
    }

    // --- places ---

    std::uint32_t new_stay() {
        best_row_.push_back(kNone);
        return static_cast<std::uint32_t>(best_row_.size() - 1);
    }

    double accuracy_of(std::uint32_t row) const {
        const double stated = layer_.snapshot_accuracy[static_cast<std::size_t>(layer_.snapshot[row])].value;
        return stated > 0.0 ? stated : std::numeric_limits<double>::infinity();
    }

    /// Rows come in the order of time: of equally accurate points the latest stays.
    void see_point(std::uint32_t stay, std::uint32_t row) {
        if (!layer_.shapes.has_location(row)) return;
        std::uint32_t& best = best_row_[stay];
        if (best == kNone || accuracy_of(row) <= accuracy_of(best)) best = row;
    }

    void place_spells() {
        out_.shapes.reserve(out_.size());
        for (std::size_t spell = 0; spell < out_.size(); ++spell) {
            const std::uint32_t row = best_row_[stay_[spell]];
            if (row == kNone) {
                out_.shapes.add_nothing();
            } else {
                out_.shapes.add_copy(layer_.shapes, row);
            }
        }
    }

    static constexpr double kSamePoint = 0.5;  // metres: two writings of one point

    const OutletLayer& layer_;
    const Records& records_;
    Steps steps_;
    PremisesNotes notes_;
    double within_;
    std::size_t step_ = 0;
    Premises out_;
    StepSide old_, new_;
    std::vector<std::uint32_t> old_spells_;  // of the old side
    std::vector<std::uint32_t> open_;        // spells that have not ended
    std::uint32_t premises_ = 0;
    std::vector<Face> faces_;                // by spell
    std::vector<std::uint32_t> stay_;        // by spell: a stay at one address
    std::vector<std::uint32_t> best_row_;    // by stay: the row with the most accurate point
    std::vector<std::uint32_t> last_spell_;  // by premises
    RegisteredIds ids_;
};

}  // namespace

Premises chained(const OutletLayer& layer, const Records& records, Steps&& steps, Issues& issues) {
    return Chain(layer, records, std::move(steps), issues).build();
}

}  // namespace geo
