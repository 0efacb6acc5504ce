using BetterConnections.ServiceDefaults;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.IdentityModel.Protocols;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;

namespace BetterConnections.Identity.Keys;

/// <summary>What other services read from the discovery document, Identity takes from its own key ring, without a request to itself.</summary>
internal sealed class OwnKeys(KeyRing keys, IdentitySettings settings) : IConfigurationManager<OpenIdConnectConfiguration>
{
    public async Task<OpenIdConnectConfiguration> GetConfigurationAsync(CancellationToken cancel)
    {
        var configuration = new OpenIdConnectConfiguration { Issuer = settings.Issuer };
        foreach (var key in (await keys.CurrentAsync(cancel)).Published) configuration.SigningKeys.Add(key);
        return configuration;
    }

    /// <summary>Asked for when a token names an unknown key. The ring is never older than a minute, and a key a day old when it first signs.</summary>
    public void RequestRefresh() { }
}

internal static class KeysSetup
{
    public static void AddKeys(this IServiceCollection services)
    {
        services.AddSingleton(p => new KeySeal(p.GetRequiredService<IdentitySettings>().KeyEncryptionKey, "Identity:KeyEncryptionKey"));
        services.AddSingleton<KeyRing>();
        services.AddSingleton<OwnKeys>();
        services.AddOptions<JwtBearerOptions>(JwtBearerDefaults.AuthenticationScheme).Configure<OwnKeys>((o, own) => o.ConfigurationManager = own);
    }

    /// <summary>Makes the first key, and stops the start when those in the database cannot be opened.</summary>
    public static async Task OpenKeysAsync(this WebApplication app)
    {
        if (!app.Services.GetRequiredService<KeySeal>().IsOn)
            app.Logger.LogWarning("Identity:KeyEncryptionKey is not set: who can read the database can read the signing keys and forge tokens");
        await app.Services.GetRequiredService<KeyRing>().CurrentAsync(CancellationToken.None);
    }
}
