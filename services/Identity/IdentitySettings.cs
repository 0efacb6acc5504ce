namespace BetterConnections.Identity;

/// <summary>Section <c>Identity</c>.</summary>
public sealed class IdentitySettings
{
    /// <summary>The <c>iss</c> of every token: the public address under which people reach the system. Required.</summary>
    public required string Issuer { get; init; }
    public string Audience { get; init; } = "better-connections";

    /// <summary>Cannot be revoked, hence short.</summary>
    public TimeSpan AccessTokenLifetime { get; init; } = TimeSpan.FromMinutes(10);
    /// <summary>A sign-in ends when it has not been used for this long; volunteers work offline for days.</summary>
    public TimeSpan RefreshTokenLifetime { get; init; } = TimeSpan.FromDays(7);
    /// <summary>For how long a spent refresh token may come back, because the answer to its first use was lost on the way. Nothing forgives no loss.</summary>
    public TimeSpan RefreshTokenGrace { get; init; } = TimeSpan.FromMinutes(1);
    /// <summary>A sign-in ends after this long, however busy.</summary>
    public TimeSpan SessionLifetime { get; init; } = TimeSpan.FromDays(30);
    public TimeSpan OneTimePasswordLifetime { get; init; } = TimeSpan.FromDays(7);

    /// <summary>Wrong passwords in a row until an account is locked.</summary>
    public int LockoutAfter { get; init; } = 5;
    public TimeSpan LockoutFor { get; init; } = TimeSpan.FromMinutes(15);

    /// <summary>For how long a key signs.</summary>
    public TimeSpan KeyLifetime { get; init; } = TimeSpan.FromDays(30);
    /// <summary>A key is published this long before it signs; longer than services keep the key set (12 hours).</summary>
    public TimeSpan KeyPublishedAhead { get; init; } = TimeSpan.FromDays(1);
    /// <summary>32 bytes in base64 that seal the signing keys in the database. Without it, reading the database suffices to forge tokens.</summary>
    public string? KeyEncryptionKey { get; init; }

    /// <summary>Created at the start when there is no account at all.</summary>
    public FirstAdministrator? FirstAdministrator { get; init; }

    public static IdentitySettings Read(IConfiguration configuration)
    {
        var section = configuration.GetSection("Identity");
        if (!Uri.TryCreate(section["Issuer"], UriKind.Absolute, out var issuer) || issuer.Scheme is not ("http" or "https"))
            throw new InvalidOperationException("Identity:Issuer is not set to an http(s) address. Give the public address of the system.");
        var settings = section.Get<IdentitySettings>()!;
        if (settings.KeyPublishedAhead >= settings.KeyLifetime)
            throw new InvalidOperationException("Identity:KeyPublishedAhead has to be shorter than Identity:KeyLifetime.");
        return settings;
    }
}

/// <summary>Section <c>Identity:FirstAdministrator</c>.</summary>
public sealed class FirstAdministrator
{
    public required string UserName { get; init; }
    public required string Password { get; init; }
}
