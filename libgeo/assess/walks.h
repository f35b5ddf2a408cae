// SPDX-License-Identifier: Apache-2.0
//
// Walks between sites and the places of a rule. Where they begin: the place's entrances, any point of its boundary, or its point, as the rule's group of candidates
// says (assess/candidates.h).
#pragma once

#include <memory>
#include <optional>
#include <vector>

#include "libgeo/assess/candidates.h"
#include "libgeo/geometry/walking.h"
#include "libgeo/layers/walking_network.h"

namespace geo {

/// How sure a walk is that is held against this limit, in metres: the study's, else 10 m or 2.5 % of the limit, whichever is more.
double walking_band(const WalkingNetwork& network, double limit);

/// The streets, and how sites and places join them. Const members are safe from many threads.
class WalkingStreets {
  public:
    explicit WalkingStreets(std::shared_ptr<const WalkingNetwork> network);
    const StreetNetwork& network() const { return network_->network; }
    bool has_paths() const { return network_->has_paths; }
    double most_access() const { return network_->most_access.value; }
    const NetworkPositions& positions() const { return positions_; }
    /// How sure a walk is that is held against this limit, in metres.
    double band(double limit) const;

  private:
    std::shared_ptr<const WalkingNetwork> network_;
    NetworkPositions positions_;
};

/// Where a site joins the streets, and the end of that access at the site.
struct SiteJoin {
    NetworkPosition at;
    Point from;
};

/// All places where walks to a site may end. Of a point, of each of several: the nearest place on a street. Of an extent (a plot, a line): wherever a street crosses its
/// edge or passes within 20 m of it, else the nearest: nobody knows where its door is, so that the shortest walk to any part of it counts, as from the boundary of a
/// place. `sites` must outlive it.
struct SiteOnStreets {
    std::vector<SiteJoin> joins;     ///< none: it stands too far from every street
    const Shapes* extent = nullptr;  ///< null: points only
    std::size_t row = 0;             ///< of the extent
    explicit operator bool() const { return !joins.empty(); }
};
SiteOnStreets site_on_streets(const WalkingStreets& streets, const Shapes& sites, std::size_t site);
/// `part`: Site::point takes the middle of a site that is drawn as more than a point.
SiteOnStreets site_on_streets(const WalkingStreets& streets, const Shapes& sites, std::size_t site, Site part);
/// The joins of a site, and the places on streets within 20 m of its extent where some of these walks start: a walk that begins beside the site goes straight to it.
std::vector<SiteJoin> joins_with(const WalkingStreets& streets, const SiteOnStreets& site, const WalkStarts& starts);

/// The walk of a site that joins the streets within 20 m of a place's boundary: out of the place there, and its own access. None: it joins farther away.
std::optional<Millimetres> walk_off_boundary(const WalkingStreets& streets, const SiteJoin& site, const Shapes& places,
                                             std::uint32_t place);

/// Where walks out of a place begin: where streets meet its boundary or pass within 20 m of it (else the nearest), or where its points join the streets. From a boundary
/// they give the shortest walk from any of its points together with walk_off_boundary().
std::vector<NetworkPosition> starts_of_place(const WalkingStreets& streets, const Shapes& places, std::uint32_t place,
                                             WalkFrom from);

/// All vertices of a place, in their order.
std::vector<Point> points_of(const Shapes& places, std::uint32_t place);

/// One place's walk to a site.
struct PlaceWalk {
    std::uint32_t place = kNoShape;  ///< kNoShape: none
    Millimetres total = kNoWay, access_place = 0;
    std::uint32_t start =
        0;  ///< of PlaceWalks::starts(); kNoShape: none, out of the place straight to where the site joins the street
    SiteJoin site;  ///< where it ends
    explicit operator bool() const { return place != kNoShape; }
};

/// Walks from the places of one group. Built once for all its places, whenever they are open: the nearest of all is the nearest of those open on a day when it is
/// open itself; else it is looked for by a search of its own. Const members are safe from many threads.
class PlaceWalks {
  public:
    /// `accuracy`: of the places, in metres.
    PlaceWalks(const WalkingStreets& streets, const CandidateGroup& group, double accuracy);

    /// The nearest place that `open` takes; of equal walks the least place, then the first of the site's joins.
    PlaceWalk nearest(const SiteOnStreets& site, const ShapeFilter& open) const;

    /// The nearest place in a straight line, no farther than `reach` metres, that no walk can lead to: it stands too far from every street, or no way joins it to the
    /// site's part of the streets.
    struct Unreached {
        std::uint32_t place = kNoShape;
        double squared = 0;  ///< of the straight line
        Note why = Note::none;
        explicit operator bool() const { return place != kNoShape; }
    };
    Unreached unreached(const Shapes& sites, std::size_t row, const SiteOnStreets& site, const ShapeFilter& open,
                        double reach) const;

    /// The nearest place from where a site joins the streets, wherever its true place is within the accuracy of the places: at least, at most. Points may join other
    /// streets than where they are plotted. kNoWay: no way, or none over one of the streets.
    struct Range {
        Millimetres least = kNoWay, most = kNoWay;
    };
    Range range(const SiteJoin& site, const ShapeFilter& open) const;

    const WalkStarts& starts() const { return plotted_.starts; }
    /// The end of the place's access, on the place.
    Point end_of(const PlaceWalk& walk) const;
    bool serves(const CandidateGroup& group) const;

  private:
    /// Starts, and the search from all of them.
    struct Field {
        Field(const StreetNetwork& network, std::vector<WalkStart> of);
        WalkStarts starts;
        NearestWalks walks;
    };
    PlaceWalk nearest(const SiteJoin& site, const ShapeFilter& open) const;
    PlaceWalk off_boundary(const SiteJoin& site, const ShapeFilter& open) const;
    PlaceWalk nearest_open(const Field& field, const SiteJoin& site, const ShapeFilter& open) const;
    void look_about();
    bool joined(std::uint32_t place, std::uint32_t component) const;
    bool all_joined(std::uint32_t component) const;

    const WalkingStreets* streets_;
    const NearestIndex* index_;
    WalkFrom from_;
    std::vector<std::uint8_t> mask_;
    std::vector<std::uint32_t> first_start_;  // by place, of starts(); one more than places; filled as they are made
    Field plotted_;
    std::uint32_t joined_to_ =
        kNoLink;  // the part of the network that every place joins, the largest; kNoLink: not every place does
    double accuracy_;
    // Of points that are not exact:
    std::unique_ptr<const Field> about_;  // from wherever they may join the streets
    std::vector<Millimetres> moves_;      // by start: how far a walk that begins there may be off; kNoWay: no telling
};

}  // namespace geo
