using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Text.Json;
using Coder.Client.Tests.Support;
using ModelContextProtocol.Protocol;
using Shared.Coder;

namespace Coder.Client.Tests.EndToEnd;

/// <summary>Drives every tool through success and failure with everything recorded, and then looks for the token.</summary>
public sealed class TokenLeakTests
{
    [Theory]
    [InlineData("2.27.1", false)]
    [InlineData("2.37.0", false)]
    [InlineData("2.34.3", true)]
    public async Task Token_WhateverHappens_GoesToCoderOnly(string version, bool subdomains)
    {
        List<string> telemetry = [];
        using MeterListener meters = Listen(telemetry);
        using ActivityListener activities = new()
        {
            ShouldListenTo = _ => true,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = activity => Add(telemetry, Describe(activity)),
        };
        ActivitySource.AddActivityListener(activities);
        await using FleetHarness fleet = await FleetHarness.StartAsync(
            coder => coder with { Version = version, SubdomainApps = subdomains }, services: services => LoopbackHosts.Use(services));
        string token = fleet.Coder.Options.Token;
        await using FakeCoder elsewhere = await FakeCoder.StartAsync();

        List<CallToolResult> results = await DriveAsync(fleet, elsewhere);

        string[] secrets = [token, .. Secrets];
        results.Select(result => JsonSerializer.Serialize(result, ModelContextProtocol.McpJsonUtilities.DefaultOptions))
            .Should().NotContain(text => Holds(text, secrets));
        results.Should().Contain(result => result.IsError == true).And.Contain(result => result.IsError != true);
        fleet.Logs.Lines.Should().NotBeEmpty().And.NotContain(line => Holds(line, secrets));
        lock (telemetry)
        {
            telemetry.Should().NotBeEmpty().And.NotContain(line => Holds(line, secrets));
        }

        fleet.Coder.InWorkspaces.Should().NotBeEmpty().And.NotContain(entry => Holds(Text(entry), secrets));
        elsewhere.Journal.Should().BeEmpty("redirects are not followed");
        fleet.Coder.Journal.Should().NotContain(entry => Holds(entry.Path + entry.Query + entry.Body, secrets), "the token is no part of an address or a body");
        fleet.Coder.Journal.Where(entry => IsApp(entry, subdomains))
            .Should().NotBeEmpty().And.OnlyContain(entry => !entry.Headers.ContainsKey("coder-session-token") && !entry.Headers.ContainsKey("authorization"));
    }

    // What the fake's workspace JSON carries and nobody may see.
    private static string[] Secrets =>
        ["ghp_workspaceEnvironmentSecret0000000001", "oauth-workspaceEnvironmentSecret-0002", "ide-link-secret-0003", "script-secret-0004"];

    private static async Task<List<CallToolResult>> DriveAsync(FleetHarness fleet, FakeCoder elsewhere)
    {
        fleet.State.AddIdle("idle").Metadata = """{"data":{}}""";
        fleet.State.AddBusy("busy");
        List<CallToolResult> results =
        [
            await fleet.TryCallAsync("list_agents"),
            await fleet.TryCallAsync("show_agent", new { agent_name = "idle" }),
            await fleet.TryCallAsync("list_agent_projects"),
            await fleet.TryCallAsync("list_agent_roles", new { project = "Setup" }),
            await fleet.TryCallAsync("create_agent", new { name = "henk", project = "Setup", task = "x" }),
            await fleet.TryCallAsync("start_agent_task", new { agent_name = "idle", task_description = "x" }),
            await fleet.TryCallAsync("cancel_agent_task", new { agent_name = "busy" }),
            await fleet.TryCallAsync("show_agent_task_history", new { agent_name = "busy" }),
            await fleet.TryCallAsync("show_agent_log", new { agent_name = "busy" }),
            await fleet.TryCallAsync("restart_agent", new { agent_name = "busy" }),
            await fleet.TryCallAsync("delete_agent", new { agent_name = "idle" }),
        ];
        foreach (int status in (int[])[301, 303, 307, 400, 401, 403, 404, 409, 410, 418, 429, 500, 502])
        {
            fleet.Coder.Faults.Add(new Fault
            {
                Path = "/api/v2/workspaces$",
                Status = status,
                Times = 3,
                Body = $$"""{"message":"The key {{fleet.Coder.Options.Token}} is bad.","detail":"{{fleet.Coder.Options.Token}}","validations":[{"field":"q","detail":"{{fleet.Coder.Options.Token}}"}]}""",
                Headers = { ["Location"] = elsewhere.Address + "api/v2/workspaces", ["Retry-After"] = "60" },
            });
            results.Add(await fleet.TryCallAsync("list_agents"));
            while (fleet.Coder.Faults.TryTake(out _))
            {
                // One fault at a time.
            }
        }

        fleet.Coder.Faults.Add(new Fault { Path = "/api/v2/workspaces$", Drop = true, Times = 3 });
        results.Add(await fleet.TryCallAsync("list_agents"));
        return results;
    }

    private static bool Holds(string text, string[] secrets) => Array.Exists(secrets, secret => text.Contains(secret, StringComparison.Ordinal));

    private static bool IsApp(JournalEntry entry, bool subdomains) =>
        subdomains ? entry.Host.EndsWith(".apps.coder.test", StringComparison.Ordinal) : entry.Path.StartsWith("/@", StringComparison.Ordinal);

    private static string Text(JournalEntry entry) => $"{entry} {entry.Body} {string.Join('\n', entry.Headers)}";

    private static string Describe(Activity activity) =>
        $"{activity.OperationName} {activity.DisplayName} {activity.StatusDescription} {string.Join(' ', activity.TagObjects)} {string.Join(' ', activity.Events.SelectMany(one => one.Tags))}";

    private static MeterListener Listen(List<string> lines)
    {
        MeterListener listener = new() { InstrumentPublished = (instrument, self) => self.EnableMeasurementEvents(instrument) };
        listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Add(lines, $"{instrument.Name} {value} {string.Join(' ', tags.ToArray())}"));
        listener.SetMeasurementEventCallback<double>(
            (instrument, value, tags, _) => Add(lines, $"{instrument.Name} {value} {string.Join(' ', tags.ToArray())}"));
        listener.Start();
        return listener;
    }

    private static void Add(List<string> lines, string line)
    {
        lock (lines)
        {
            lines.Add(line);
        }
    }
}
