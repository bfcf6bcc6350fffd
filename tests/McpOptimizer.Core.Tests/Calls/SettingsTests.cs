using McpOptimizer.Core.Models.Settings;

namespace McpOptimizer.Core.Tests.Calls;

public sealed class SettingsTests
{
    [Fact]
    public void FindFaults_Defaults_HaveNone()
    {
        new BackendSettings().FindFaults("Backends").Should().BeEmpty();
        new ResponseSettings().FindFaults("Responses").Should().BeEmpty();
    }

    [Fact]
    public void FindFaults_SeveralBadValues_NamesEachWithItsRange() =>
        new BackendSettings { CallTimeout = TimeSpan.Zero, MaxSessions = 0 }.FindFaults("Backends").Should().Equal(
            "Backends:CallTimeout is 00:00:00; allowed is 00:00:01 to 01:00:00.",
            "Backends:MaxSessions is 0; allowed is 1 to 100000.");
}
