# SPDX-License-Identifier: Apache-2.0
"""National Grid to WGS 84 (as ETRS89) by OSTN15: the definitive bilinear algorithm, on the few nodes Fernhill needs.

Written here, and not left to PROJ, so that the files do not depend on which grids a machine has installed.
"""

from math import cos, degrees, radians, sin, sqrt, tan

from . import ostn15_patch as ostn

# GRS80 ellipsoid and the National Grid's transverse Mercator.
A, B = 6378137.0, 6356752.314140
F0, LAT0, LON0, E0, N0 = 0.9996012717, radians(49), radians(-2), 400000.0, -100000.0
E2 = 1 - (B * B) / (A * A)
N = (A - B) / (A + B)


def shift(x, y):
    """OSTN15 shift in metres at an ETRS89 grid position, bilinear between the 1 km nodes."""
    col, row = int(x // 1000), int(y // 1000)
    t, u = x / 1000 - col, y / 1000 - row
    i, j = col - ostn.FIRST_EASTING_KM, row - ostn.FIRST_NORTHING_KM

    def at(table):
        return ((1 - t) * (1 - u) * table[j][i] + t * (1 - u) * table[j][i + 1]
                + (1 - t) * u * table[j + 1][i] + t * u * table[j + 1][i + 1]) / 1000
    return at(ostn.EAST_SHIFT_MM), at(ostn.NORTH_SHIFT_MM)


def meridian_arc(lat):
    d, s = lat - LAT0, lat + LAT0
    return B * F0 * ((1 + N + 1.25 * N**2 + 1.25 * N**3) * d
                     - (3 * N + 3 * N**2 + 21 / 8 * N**3) * sin(d) * cos(s)
                     + 15 / 8 * (N**2 + N**3) * sin(2 * d) * cos(2 * s)
                     - 35 / 24 * N**3 * sin(3 * d) * cos(3 * s))


def unproject(x, y):
    """Grid metres on GRS80 to longitude and latitude in degrees (Ordnance Survey's published series)."""
    lat = LAT0 + (y - N0) / (A * F0)
    while abs(y - N0 - meridian_arc(lat)) > 1e-7:
        lat += (y - N0 - meridian_arc(lat)) / (A * F0)
    nu = A * F0 / sqrt(1 - E2 * sin(lat)**2)
    rho = A * F0 * (1 - E2) / (1 - E2 * sin(lat)**2)**1.5
    eta2, t, sec, d = nu / rho - 1, tan(lat), 1 / cos(lat), x - E0
    vii = t / (2 * rho * nu)
    viii = t / (24 * rho * nu**3) * (5 + 3 * t**2 + eta2 - 9 * t**2 * eta2)
    ix = t / (720 * rho * nu**5) * (61 + 90 * t**2 + 45 * t**4)
    x1 = sec / nu
    x2 = sec / (6 * nu**3) * (nu / rho + 2 * t**2)
    x3 = sec / (120 * nu**5) * (5 + 28 * t**2 + 24 * t**4)
    x4 = sec / (5040 * nu**7) * (61 + 662 * t**2 + 1320 * t**4 + 720 * t**6)
    return (degrees(LON0 + x1 * d - x2 * d**3 + x3 * d**5 - x4 * d**7),
            degrees(lat - vii * d**2 + viii * d**4 - ix * d**6))


def to_wgs84(easting, northing):
    """(longitude, latitude) of a National Grid position; the shift is inverted by repetition."""
    x, y = easting - 100, northing + 75
    for _ in range(6):
        dx, dy = shift(x, y)
        x, y = easting - dx, northing - dy
    return unproject(x, y)
