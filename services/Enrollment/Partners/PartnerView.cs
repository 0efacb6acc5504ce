using System.Linq.Expressions;

namespace BetterConnections.Enrollment.Partners;

public sealed record PartnerView(Guid Id, string Name, PartnerKind Kind, DateTimeOffset AddedAt)
{
    public static readonly Expression<Func<Partner, PartnerView>> Of = p => new PartnerView(p.Id, p.Name, p.Kind, p.AddedAt);

    private static readonly Func<Partner, PartnerView> Compiled = Of.Compile();

    public static PartnerView From(Partner partner) => Compiled(partner);
}
