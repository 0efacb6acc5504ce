namespace BetterConnections.Volunteers.Facilities;

internal static class Earth
{
    private const double RadiusMetres = 6_371_000;

    /// <summary>Metres on a sphere between two places in degrees; null where one of them is not known.</summary>
    public static int? Metres(double? latitude, double? longitude, double? otherLatitude, double? otherLongitude)
    {
        if (latitude is not { } a || longitude is not { } b || otherLatitude is not { } c || otherLongitude is not { } d) return null;
        var (north, east) = (double.DegreesToRadians(c - a), double.DegreesToRadians(d - b));
        var chord = Math.Pow(Math.Sin(north / 2), 2) + Math.Cos(double.DegreesToRadians(a)) * Math.Cos(double.DegreesToRadians(c)) * Math.Pow(Math.Sin(east / 2), 2);
        return (int)Math.Round(2 * RadiusMetres * Math.Asin(Math.Min(1, Math.Sqrt(chord))));
    }
}
