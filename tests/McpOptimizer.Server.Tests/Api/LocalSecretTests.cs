using System.Text.Json;

namespace McpOptimizer.Server.Tests.Api;

/// <summary>A host without tokens: the secret in the file, or nothing.</summary>
public sealed class LocalSecretTests
{
    [Fact]
    public async Task HostWithoutTokens_AnswersWhoeverHasTheSecret_AndNobodyElse()
    {
        await using ApiHost host = await ApiHost.StartAsync(withTokens: false);

        (int refused, JsonElement why) = await host.GetAsync("/api/overview", null);
        (int wrong, _) = await host.GetAsync("/api/overview", "not-the-secret");
        (int call, _) = await host.PostAsync("/api/call", """{"server":"one","tool":"echo"}""", null);
        (int caller, JsonElement who) = await host.GetAsync("/api/caller", host.Secret);
        (int settings, _) = await host.GetAsync("/api/settings", host.Secret);

        refused.Should().Be(401);
        why.GetProperty("error").GetString().Should().Contain("o.db.secret");
        wrong.Should().Be(401);
        call.Should().Be(401);
        caller.Should().Be(200);
        who.GetProperty("is_admin").GetBoolean().Should().BeTrue();
        settings.Should().Be(200);
    }
}
