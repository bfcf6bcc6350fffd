using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using ModelContextProtocol.Server;

namespace Common.Tests;

public sealed class ToolNamesTests
{
    [Fact]
    public void Start_TwoToolsOfOneName_NamesTheToolAndBothOrigins()
    {
        using ServiceProvider services = Build(new First().Look, new Second().Look, new Second().Leave);

        FluentActions.Invoking(() => services.GetRequiredService<IStartupValidator>().Validate()).Should().Throw<OptionsValidationException>()
            .Which.Failures.Should().ContainSingle()
            .Which.Should().Contain("'look'").And.Contain("Common.Tests.ToolNamesTests+First").And.Contain("Common.Tests.ToolNamesTests+Second");
    }

    [Fact]
    public void Start_NamesDiffer_HoldsEveryTool()
    {
        using ServiceProvider services = Build(new First().Look, new Second().Leave);

        services.GetRequiredService<IStartupValidator>().Validate();

        services.GetServices<McpServerTool>().Should().HaveCount(2);
    }

    [Fact]
    public void Start_AssignedCollectionHidesARegisteredTool_IsRefused()
    {
        ServiceCollection collection = Collect(new First().Look);
        McpServerTool other = Tool(new Second().Look);
        collection.Configure<McpServerOptions>(options => options.ToolCollection = [other]);
        using ServiceProvider services = collection.BuildServiceProvider();

        FluentActions.Invoking(() => services.GetRequiredService<IStartupValidator>().Validate()).Should().Throw<OptionsValidationException>();
    }

    [Fact]
    public void Start_AssignedCollectionWrapsARegisteredTool_IsNoCollision()
    {
        McpServerTool tool = Tool(new First().Look);
        ServiceCollection collection = [];
        collection.AddSingleton(tool);
        ToolNames.Guard(collection);
        collection.Configure<McpServerOptions>(options => options.ToolCollection = [new Wrapper(tool)]);
        using ServiceProvider services = collection.BuildServiceProvider();

        services.GetRequiredService<IStartupValidator>().Validate();
    }

    [Fact]
    public void Guard_Twice_IsOneCheck()
    {
        ServiceCollection services = [];

        ToolNames.Guard(services);
        ToolNames.Guard(services);

        services.Count(service => service.ServiceType == typeof(IValidateOptions<McpServerOptions>)).Should().Be(1);
    }

    private static ServiceProvider Build(params Delegate[] methods) => Collect(methods).BuildServiceProvider();

    private static ServiceCollection Collect(params Delegate[] methods)
    {
        ServiceCollection services = [];
        ToolNames.Guard(services);
        foreach (Delegate method in methods)
        {
            services.AddSingleton(Tool(method));
        }

        return services;
    }

    private static McpServerTool Tool(Delegate method) =>
        McpServerTool.Create(method, new McpServerToolCreateOptions { Name = method.Method.Name.ToLowerInvariant() });

    private sealed class Wrapper(McpServerTool inner) : DelegatingMcpServerTool(inner);

    private sealed class First
    {
        public string Look() => ToString()!;
    }

    private sealed class Second
    {
        public string Look() => ToString()!;

        public string Leave() => ToString()!;
    }
}
