using Fleet.Metadata.Server;
using Shared.Conventions;

namespace Fleet.Metadata.Tests.Http;

/// <summary>What <c>.env.example</c> offers is what the server reads.</summary>
public sealed class EnvironmentExampleTests
{
    private static readonly string[] Plain =
    [
        "GITHUB_TOKEN", "GITLAB_TOKEN", "GH_HOST", "GH_ENTERPRISE_TOKEN", "GITLAB_HOST", "FLEET_METADATA_TASK_FILE", "FLEET_MCP_TASKFILE",
        "CODER_WORKSPACE_ID", "CODER_WORKSPACE_NAME", "CODER_WORKSPACE_OWNER_NAME", "CODER_WORKSPACE_AGENT_NAME",
    ];

    [Fact]
    public void Example_EveryName_IsRead()
    {
        string path = Path.Combine(SourceConvention.RepositoryRoot(), "samples", "Fleet.Metadata.Server", ".env.example");
        string[] names =
        [
            .. File.ReadAllLines(path)
                .Where(line => line is ['#', >= 'A' and <= 'Z', ..] && line.Contains('=', StringComparison.Ordinal))
                .Select(line => line[1..line.IndexOf('=', StringComparison.Ordinal)]),
        ];
        IEnumerable<string> settings = typeof(FleetMetadataOptions).GetProperties().Select(property => $"{FleetMetadataOptions.SectionName}__{property.Name}")
            .Concat(MetadataHost.Options().GetType().GetProperties().Select(property => $"Host__{property.Name}"));

        names.Should().HaveCountGreaterThan(15).And.BeSubsetOf(settings.Concat(Plain));
        names.Should().Contain(Plain, "each variable of its own is shown");
    }
}
