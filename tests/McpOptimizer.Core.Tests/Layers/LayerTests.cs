using McpOptimizer.Core.Clients.Database;
using McpOptimizer.Core.Clients.Files;
using McpOptimizer.Core.Models;
using McpOptimizer.Core.Models.Sources;
using McpOptimizer.Core.Repositories.Backends;
using McpOptimizer.Core.Repositories.Sources;
using McpOptimizer.Core.Repositories.Store;
using McpOptimizer.Core.Services.Discovery;
using McpOptimizer.Core.Services.Login;
using McpOptimizer.Core.Tools;
using Microsoft.Extensions.AI;
using NSubstitute;
using WireMock.RequestBuilders;
using WireMock.ResponseBuilders;
using WireMock.Server;

namespace McpOptimizer.Core.Tests.Layers;

/// <summary>Each layer over a substitute of the one below it.</summary>
public sealed class LayerTests
{
    [Fact]
    public async Task Tool_ArgumentOutsideItsRange_AsksNoService()
    {
        IDiscoveryService discovery = Substitute.For<IDiscoveryService>();
        OptimizerFunction tool = new(InstallTools.Search(discovery), new DetachedServer("s"), CallerIdentity.Anonymous);

        object? answer = await tool.InvokeAsync(new AIFunctionArguments { ["tool_description"] = "read files", ["limit"] = 51 });

        answer.Should().BeOfType<string>().Which.Should().StartWith("Error:").And.ContainAll("limit", "51", "50");
        discovery.ReceivedCalls().Should().BeEmpty();
    }

    [Fact]
    public async Task Tool_Call_IsOneCallOfTheService()
    {
        IDiscoveryService discovery = Substitute.For<IDiscoveryService>();
        discovery.SearchRegistryAsync(Arg.Any<ToolQuery>(), Arg.Any<CallerIdentity>(), Arg.Any<CancellationToken>())
            .Returns(new ToolSearchResult { Hits = [], Metrics = new TokenMetrics(), Confidence = 0 });
        OptimizerFunction tool = new(InstallTools.Search(discovery), new DetachedServer("s"), CallerIdentity.Anonymous);

        await tool.InvokeAsync(new AIFunctionArguments { ["tool_description"] = "read files", ["limit"] = 3 });

        await discovery.Received(1).SearchRegistryAsync(Arg.Is<ToolQuery>(query => query.Description == "read files" && query.Limit == 3), CallerIdentity.Anonymous, Arg.Any<CancellationToken>());
    }

    [Fact]
    public async Task Service_ServerWithoutAnAddress_IsNamedAndNobodyIsLoggedIn()
    {
        IWorkloadSource source = Substitute.For<IWorkloadSource>();
        source.ListAsync(Arg.Any<CancellationToken>()).Returns(new WorkloadListing
        {
            Workloads = [new WorkloadDescriptor { Name = "mail", Status = ServerStatus.Error, StatusReason = "its variable is not set" }],
            IsComplete = true,
        });
        IBackendRepository backends = Substitute.For<IBackendRepository>();
        ServerLoginService service = new([source], backends);

        await FluentActions.Awaiting(() => service.LoginAsync("mail", (_, _) => Task.CompletedTask)).Should().ThrowAsync<ArgumentException>().WithMessage("*'mail'*its variable is not set*");
        await FluentActions.Awaiting(() => service.LoginAsync("mial", (_, _) => Task.CompletedTask)).Should().ThrowAsync<ArgumentException>().WithMessage("*'mial'*Did you mean 'mail'?*");
        backends.ReceivedCalls().Should().BeEmpty();
    }

    [Fact]
    public async Task Repository_DatabaseThatCanOnlyBeRead_SaysSoToTheLayerAbove()
    {
        IDatabase database = Substitute.For<IDatabase>();
        database.InitializeAsync(Arg.Any<CancellationToken>()).Returns("the disk is full");
        OptimizerStore store = new(database, TimeProvider.System);

        (await store.InitializeAsync()).Should().Be("the disk is full");
        await database.DidNotReceiveWithAnyArgs().WriteAsync(default!);
    }

    [Theory]
    [InlineData(503, "", "503")]
    [InlineData(200, "<html>", "not valid")]
    [InlineData(302, "", "another host")]
    public async Task Client_RegistryThatAnswersOddly_IsAFaultThatNamesIt(int status, string body, string words)
    {
        using WireMockServer server = WireMockServer.Start();
        server.Given(Request.Create().UsingGet()).RespondWith(Response.Create().WithStatusCode(status).WithBody(body).WithHeader("Location", "http://elsewhere.invalid/"));
        IHttpClientFactory clients = Substitute.For<IHttpClientFactory>();
        using HttpClientHandler handler = new() { AllowAutoRedirect = false };
        using HttpClient client = new(handler);
        clients.CreateClient(RegistryDocumentReader.HttpClientName).Returns(client);

        (await FluentActions.Awaiting(() => new RegistryDocumentReader(clients, TimeProvider.System).ReadAsync(server.Url + "/registry.json?key=s3cret")).Should().ThrowAsync<SourceFileException>())
            .Which.Message.Should().Contain(words).And.Contain("/registry.json").And.NotContain("s3cret");
    }
}
