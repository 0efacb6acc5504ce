using BetterConnections.ServiceDefaults;
using Microsoft.Extensions.Configuration;

namespace BetterConnections.Training.Tests;

public class StartTests
{
    [Theory, InlineData(null), InlineData(""), InlineData("better-connections.example.org"), InlineData("ftp://example.org")]
    public void Without_the_public_address_that_certificates_are_signed_with_the_service_does_not_start(string? address)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection([new("Programme:PublicUrl", address)]).Build();
        Assert.Contains("Programme:PublicUrl", Assert.Throws<InvalidOperationException>(() => ProgrammeSettings.Read(configuration)).Message);
    }

    [Fact]
    public void A_key_encryption_key_that_is_none_is_refused_by_its_settings_name() =>
        Assert.Contains("Training:KeyEncryptionKey", Assert.Throws<InvalidOperationException>(() => new KeySeal("too short", "Training:KeyEncryptionKey")).Message);
}
