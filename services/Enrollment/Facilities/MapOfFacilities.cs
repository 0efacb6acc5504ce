using System.Security.Claims;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;

namespace BetterConnections.Enrollment.Facilities;

public static class MapOfFacilities
{
    /// <summary>
    /// The list's filters, all of it in one answer: a GeoJSON FeatureCollection (RFC 7946, so longitude comes first),
    /// written as the rows arrive.
    /// </summary>
    public static async Task Handle([AsParameters] FacilityFilter filter, EnrollmentDb db, ClaimsPrincipal user, HttpResponse response, CancellationToken cancel)
    {
        response.ContentType = "application/geo+json";
        await using var json = new Utf8JsonWriter(response.BodyWriter);
        json.WriteStartObject();
        json.WriteString("type", "FeatureCollection");
        json.WriteStartArray("features");
        var facilities = db.Facilities.AsNoTracking().SeenBy(user).Matching(filter, db).OrderBy(f => f.Number).Select(FacilityView.Of);
        await foreach (var facility in facilities.AsAsyncEnumerable().WithCancellation(cancel))
        {
            Write(json, facility);
            if (response.BodyWriter.UnflushedBytes < 64 * 1024) continue;
            json.Flush(); // gives back the memory that it writes into, which the next flush takes away
            await response.BodyWriter.FlushAsync(cancel);
        }
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, FacilityView facility)
    {
        json.WriteStartObject();
        json.WriteString("type", "Feature");
        json.WriteString("id", facility.Code);
        json.WriteStartObject("geometry");
        json.WriteString("type", "Point");
        json.WriteStartArray("coordinates");
        json.WriteNumberValue(facility.Longitude);
        json.WriteNumberValue(facility.Latitude);
        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteStartObject("properties");
        json.WriteString("facilityId", facility.Id);
        json.WriteString("state", facility.State.ToString());
        json.WriteString("employer", facility.Employer);
        json.WriteString("site", facility.Site);
        json.WriteString("zone", facility.Zone);
        json.WriteNumber("residents", facility.Residents);
        if (facility.OpeningNumber is { } number) json.WriteNumber("openingNumber", number);
        json.WriteEndObject();
        json.WriteEndObject();
    }
}
