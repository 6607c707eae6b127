namespace Sasaeai.Features.WeeklyPlans.Planning;

public enum TravelMode { Foot, Bicycle, Car }

/// <summary>Minutes between places, which are counted from 0.</summary>
public abstract class Travel
{
    public abstract int Places { get; }
    public abstract double Minutes(int from, int to, TravelMode mode);

    readonly Dictionary<TravelMode, double[]> matrices = [];

    /// <summary>All ways, row by row; computed once.</summary>
    internal double[] Matrix(TravelMode mode)
    {
        lock (matrices)
        {
            if (!matrices.TryGetValue(mode, out var matrix))
            {
                matrix = new double[Places * Places];
                for (var way = 0; way < matrix.Length; way++)
                {
                    matrix[way] = Minutes(way / Places, way % Places, mode);
                }
                matrices[mode] = matrix;
            }
            return matrix;
        }
    }

    public static Travel OverGround(IReadOnlyList<(double Latitude, double Longitude)> places) => new Ground(places);

    /// <summary>The same minutes for everybody.</summary>
    public static Travel Of(double[,] minutes) => new Table(minutes);

    sealed class Table(double[,] minutes) : Travel
    {
        public override int Places => minutes.GetLength(0);
        public override double Minutes(int from, int to, TravelMode mode) => minutes[from, to];
    }

    /// <summary>Straight distance times 1.3 for streets, at speeds of people past sixty, and for a car the time to park; who is quicker on foot walks.</summary>
    sealed class Ground(IReadOnlyList<(double Latitude, double Longitude)> places) : Travel
    {
        const double KilometresPerDegree = 111.195, Detour = 1.3;

        public override int Places => places.Count;

        public override double Minutes(int from, int to, TravelMode mode)
        {
            if (from == to)
            {
                return 0;
            }
            var (a, b) = (places[from], places[to]);
            var north = a.Latitude - b.Latitude;
            var east = (a.Longitude - b.Longitude) * Math.Cos((a.Latitude + b.Latitude) * Math.PI / 360);
            var kilometres = Math.Sqrt(north * north + east * east) * KilometresPerDegree * Detour;
            var foot = Math.Ceiling(kilometres / 3.6 * 60);
            return mode switch { TravelMode.Foot => foot, TravelMode.Bicycle => Math.Min(foot, Math.Ceiling(kilometres / 10 * 60) + 1), _ => Math.Min(foot, Math.Ceiling(kilometres / 20 * 60) + 4) };
        }
    }
}
