using Coder.Client.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using ModelContextProtocol.Server;
using Shared.Coder;

namespace Coder.Client.Tests.Clients;

public sealed class RegistrationTests
{
    [Fact]
    public void Options_WithEverythingWrong_AreRefusedInOneMessage()
    {
        ServiceCollection services = new();
        services.AddCoderClient(options =>
        {
            options.BaseAddress = new Uri("ftp://coder.example.com");
            options.SessionToken = "has a space";
            options.RequestTimeout = TimeSpan.Zero;
            options.MaxRetries = 11;
            options.WildcardHost = "apps.example.com";
        });
        using ServiceProvider provider = services.BuildServiceProvider();

        OptionsValidationException thrown = provider.Invoking(one => one.GetRequiredService<IOptions<CoderClientOptions>>().Value)
            .Should().Throw<OptionsValidationException>().Which;

        thrown.Failures.Should().HaveCount(5);
        thrown.Message.Should().Contain("ftp://").And.Contain("SessionToken").And.Contain("RequestTimeout").And.Contain("0 to 10").And.Contain("*.apps.example.com");
        thrown.Message.Should().NotContain("has a space", "a token, even a wrong one, is a secret");
    }

    [Fact]
    public void Options_Missing_AreNamed()
    {
        ServiceCollection services = new();
        services.AddCoderClient();
        using ServiceProvider provider = services.BuildServiceProvider();

        provider.Invoking(one => one.GetRequiredService<IOptions<CoderClientOptions>>().Value).Should().Throw<OptionsValidationException>()
            .Which.Message.Should().Contain("BaseAddress is missing").And.Contain("SessionToken is missing");
    }

    [Fact]
    public void FleetOptions_WithEverythingWrong_AreRefusedInOneMessage()
    {
        ServiceCollection services = new();
        services.AddFleet(options =>
        {
            options.Owner = "owner:bob";
            options.CodingAppSlugs.Add(" ");
            options.PageSize = 0;
            options.Parallelism = 65;
            options.MetadataParallelism = 0;
            options.MetadataBudget = TimeSpan.Zero;
            options.LogEntryCharacters = 1;
            options.PollInterval = TimeSpan.FromSeconds(3);
        });
        using ServiceProvider provider = services.BuildServiceProvider();

        provider.Invoking(one => one.GetRequiredService<IOptions<FleetOptions>>().Value)
            .Should().Throw<OptionsValidationException>().Which.Failures.Should().HaveCount(8);
    }

    [Fact]
    public async Task AddingTwice_SendsTheTokenOnce_AndOffersEachToolOnce()
    {
        await using ClientHarness harness = await ClientHarness.StartAsync(services: services =>
        {
            services.AddCoderClient();
            services.AddFleetTools();
            services.AddFleetTools();
        });

        await harness.Client.Users.GetAsync("me");

        harness.Coder.Journal.Should().ContainSingle().Which.Headers["coder-session-token"].Should().Be(harness.Coder.Options.Token);
        harness.Get<IEnumerable<McpServerTool>>().Select(tool => tool.ProtocolTool.Name).Should().OnlyHaveUniqueItems().And.HaveCount(15);
    }

    [Fact]
    public async Task BaseAddress_WithAPath_KeepsItsPath()
    {
        await using FakeCoder coder = await FakeCoder.StartAsync();
        await using ClientHarness harness = await ClientHarness.StartAsync(client: options =>
        {
            options.BaseAddress = new Uri(coder.Address, "/base");
            options.SessionToken = coder.Options.Token;
        });

        await harness.Client.Invoking(client => client.Users.GetAsync("me")).Should().ThrowAsync<CoderNotFoundException>();

        coder.Journal.Should().ContainSingle().Which.Path.Should().Be("/base/api/v2/users/me");
    }
}
