namespace BetterConnections.Evaluation.Account.Figures;

/// <summary>
/// From what was counted or asked to the things themselves: to the facilities, and there to each device with its wipes and its donation.
/// Whoever may see those services follows.
/// </summary>
internal static class Lineage
{
    public static Dictionary<string, string> Of(Figure figure, string key, Guid? facility, string? donor)
    {
        var links = facility is { } id ? OfFacility(id) : [];
        if (figure.Thing is { } thing) links["thing"] = thing + key;
        if (donor is not null) links["donations"] = $"/api/inventory/donations?donorId={donor}";
        return links;
    }

    public static Dictionary<string, string> OfFacility(Guid id) => new()
    {
        ["facility"] = $"/api/enrollment/facilities/{id}",
        ["devices"] = $"/api/inventory/devices?kitId={id}",
        ["figures"] = $"/api/evaluation/account/figures?facilityId={id}",
    };
}
