namespace Sasaeai.Features.Areas.Addresses;

/// <summary>A place in degrees north and east (JGD2011 or WGS 84, which agree within a metre).</summary>
public readonly record struct GeoPoint(double Lat, double Lng)
{
    /// <summary>Within Japan's four extremes: 沖ノ鳥島, 択捉島, 与那国島, 南鳥島.</summary>
    public bool IsInJapan => Lat is >= 20 and <= 46 && Lng is >= 122 and <= 154.5;
}

/// <summary>The smallest box around a shape, in degrees.</summary>
public readonly record struct GeoBox(double South, double West, double North, double East)
{
    public bool Contains(double lat, double lng) => lat >= South && lat <= North && lng >= West && lng <= East;
}

/// <summary>An area of one or more polygons, each an outer ring and the rings of its holes; every ring ends where it begins.</summary>
public sealed class GeoArea
{
    private readonly GeoPoint[][][] polygons;

    /// <exception cref="ArgumentException">There is no ring, or a ring is not closed or has fewer than four points.</exception>
    public GeoArea(IEnumerable<IEnumerable<IEnumerable<GeoPoint>>> polygons)
    {
        this.polygons = [.. polygons.Select(rings => rings.Select(ring => ring.ToArray()).ToArray())];
        if (this.polygons.Length == 0 || this.polygons.Any(rings => rings.Length == 0 || rings.Any(ring => ring.Length < 4 || ring[0] != ring[^1])))
        {
            throw new ArgumentException("A ring has at least four points and ends where it begins.", nameof(polygons));
        }

        var all = this.polygons.SelectMany(rings => rings[0]).ToList();
        Box = new GeoBox(all.Min(point => point.Lat), all.Min(point => point.Lng), all.Max(point => point.Lat), all.Max(point => point.Lng));
    }

    /// <summary>Polygons, rings, points.</summary>
    public IReadOnlyList<IReadOnlyList<IReadOnlyList<GeoPoint>>> Polygons => polygons;

    public GeoBox Box { get; }

    public int PointCount => polygons.Sum(rings => rings.Sum(ring => ring.Length));

    /// <summary>Whether a point lies inside a polygon and in none of its holes. On a border either answer may come.</summary>
    public bool Contains(double lat, double lng) =>
        Box.Contains(lat, lng) && polygons.Any(rings => rings.Count(ring => Encloses(ring, lat, lng)) % 2 == 1);

    /// <summary>The centre of gravity, holes taken off. May lie outside a bent area.</summary>
    public GeoPoint Centroid()
    {
        var (area, lat, lng) = (0.0, 0.0, 0.0);
        foreach (var rings in polygons)
        {
            for (var ring = 0; ring < rings.Length; ring++)
            {
                var part = Moments(rings[ring]);
                var sign = (ring == 0 ? 1 : -1) * Math.Sign(part.Area);
                (area, lat, lng) = (area + (sign * part.Area), lat + (sign * part.Lat), lng + (sign * part.Lng));
            }
        }

        return area == 0
            ? new GeoPoint((Box.South + Box.North) / 2, (Box.West + Box.East) / 2)
            : new GeoPoint(lat / area, lng / area);
    }

    /// <summary>
    /// The area with its most telling points (Douglas–Peucker), at most as many as given. A ring keeps at least four; when
    /// that is still too many, the smallest islands and holes are left out, never the largest polygon.
    /// </summary>
    /// <param name="mostPoints">At least 4.</param>
    public GeoArea Simplify(int mostPoints)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(mostPoints, 4);
        if (PointCount <= mostPoints)
        {
            return this;
        }

        var kept = polygons.SelectMany((rings, polygon) => rings.Select((ring, index) => (Polygon: polygon, Ring: index, Points: ring)))
            .OrderByDescending(ring => Math.Abs(Moments(polygons[ring.Polygon][0]).Area)).ThenBy(ring => ring.Polygon).ThenBy(ring => ring.Ring)
            .Take(mostPoints / 4)
            .Select(ring => (ring.Polygon, ring.Ring, ring.Points, Weights: RingSimplification.Weights(ring.Points)))
            .ToList();
        var weights = kept.SelectMany(ring => ring.Weights).OrderDescending().ToList();
        var threshold = weights.Count > mostPoints ? weights[mostPoints] : double.NegativeInfinity;
        return new GeoArea(kept.GroupBy(ring => ring.Polygon).Select(rings => rings.OrderBy(ring => ring.Ring)
            .Select(ring => ring.Points.Where((_, point) => ring.Weights[point] > threshold))));
    }

    private static bool Encloses(GeoPoint[] ring, double lat, double lng)
    {
        var inside = false;
        for (var at = 1; at < ring.Length; at++)
        {
            var (a, b) = (ring[at - 1], ring[at]);
            if (a.Lat > lat != b.Lat > lat && lng < ((b.Lng - a.Lng) * (lat - a.Lat) / (b.Lat - a.Lat)) + a.Lng)
            {
                inside = !inside;
            }
        }

        return inside;
    }

    /// <summary>Signed area and first moments in degrees, measured from the ring's first point to keep the digits.</summary>
    private static (double Area, double Lat, double Lng) Moments(GeoPoint[] ring)
    {
        var origin = ring[0];
        var (area, lat, lng) = (0.0, 0.0, 0.0);
        for (var at = 1; at < ring.Length; at++)
        {
            var (ay, ax) = (ring[at - 1].Lat - origin.Lat, ring[at - 1].Lng - origin.Lng);
            var (by, bx) = (ring[at].Lat - origin.Lat, ring[at].Lng - origin.Lng);
            var cross = (ax * by) - (bx * ay);
            (area, lat, lng) = (area + (cross / 2), lat + (cross * (ay + by) / 6), lng + (cross * (ax + bx) / 6));
        }

        return (area, lat + (area * origin.Lat), lng + (area * origin.Lng));
    }
}
