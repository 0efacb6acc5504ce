using System.Linq.Expressions;

namespace BetterConnections.Enrollment.Sites;

/// <summary>A site as the API shows it.</summary>
public sealed record SiteView(Guid Id, Guid EmployerId, string Name, string Address, string Zone, double Latitude, double Longitude, int Residents,
    IReadOnlyList<string> Languages, DateTimeOffset AddedAt)
{
    public static readonly Expression<Func<Site, SiteView>> Of = s => new SiteView(s.Id, s.EmployerId, s.Name, s.Address, s.Zone, s.Latitude, s.Longitude,
        s.Residents, s.Languages, s.AddedAt);

    private static readonly Func<Site, SiteView> Compiled = Of.Compile();

    public static SiteView From(Site site) => Compiled(site);
}
