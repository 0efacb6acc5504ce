namespace BetterConnections.Journeys.Tests;

public class DemoTests(WholeSystem system)
{
    [Fact]
    public async Task The_demonstration_tells_its_story_to_the_end()
    {
        var (exitCode, output) = await system.DemonstrateAsync();
        Assert.True(exitCode == 0, output);
        Assert.Contains("The books", output); // the closing table
    }
}
