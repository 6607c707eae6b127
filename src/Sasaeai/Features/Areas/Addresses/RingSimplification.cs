namespace Sasaeai.Features.Areas.Addresses;

/// <summary>Douglas–Peucker, told as a weight for each point instead of one tolerance, so that a wanted number can be kept.</summary>
internal static class RingSimplification
{
    /// <summary>
    /// For each point how far the line would be off without it, in degrees of latitude and never more than for the point that made it
    /// matter. Infinite for four points that hold the ring open.
    /// </summary>
    public static double[] Weights(GeoPoint[] ring)
    {
        var weights = new double[ring.Length];
        var eastScale = Math.Cos(ring[0].Lat * Math.PI / 180);
        var far = Farthest(ring, 0, ring.Length - 1, eastScale).Index;
        var pieces = new Stack<(int From, int To, double Most)>([(0, far, double.PositiveInfinity), (far, ring.Length - 1, double.PositiveInfinity)]);
        weights[0] = weights[far] = weights[^1] = double.PositiveInfinity;
        while (pieces.TryPop(out var piece))
        {
            if (piece.To - piece.From < 2)
            {
                continue;
            }

            var (index, distance) = Farthest(ring, piece.From, piece.To, eastScale);
            weights[index] = Math.Min(distance, piece.Most);
            pieces.Push((piece.From, index, weights[index]));
            pieces.Push((index, piece.To, weights[index]));
        }

        var fourth = Enumerable.Range(1, ring.Length - 2).Where(point => point != far).MaxBy(point => weights[point]);
        weights[fourth] = double.PositiveInfinity;
        return weights;
    }

    private static (int Index, double Distance) Farthest(GeoPoint[] ring, int from, int to, double eastScale)
    {
        var (best, most) = (from + 1, -1.0);
        for (var at = from + 1; at < to; at++)
        {
            var distance = Distance(ring[at], ring[from], ring[to], eastScale);
            (best, most) = distance > most ? (at, distance) : (best, most);
        }

        return (best, most);
    }

    /// <summary>From a point to the line between two others, or to their place when they are one.</summary>
    private static double Distance(GeoPoint point, GeoPoint from, GeoPoint to, double eastScale)
    {
        var (px, py) = ((point.Lng - from.Lng) * eastScale, point.Lat - from.Lat);
        var (dx, dy) = ((to.Lng - from.Lng) * eastScale, to.Lat - from.Lat);
        var square = (dx * dx) + (dy * dy);
        var along = square == 0 ? 0 : Math.Clamp(((px * dx) + (py * dy)) / square, 0, 1);
        return Math.Sqrt(Math.Pow(px - (along * dx), 2) + Math.Pow(py - (along * dy), 2));
    }
}
