using System.Xml.Linq;
using Hosting;
using McpOptimizer.Server.Cli;
using McpOptimizer.Server.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Shared.Conventions;
using Shared.Testing;

namespace McpOptimizer.Server.Tests.Packaging;

/// <summary>Native.rd.xml names what the native program would otherwise put together at each start: the generic types that it asks its services for.</summary>
[CollectionDefinition(nameof(NativeTypesTests), DisableParallelization = true)]
[Collection(nameof(NativeTypesTests))] // A host over standard streams takes the output of the whole process.
public sealed class NativeTypesTests
{
    private static readonly string FilePath = Path.Combine(SourceConvention.RepositoryRoot(), "samples", "McpOptimizer.Server", "Native.rd.xml");

    /// <summary>With UPDATE_NATIVE=1 in the environment the file is written anew.</summary>
    [Fact]
    public async Task File_NamesTheGenericTypesOfAStart()
    {
        if (!OperatingSystem.IsLinux())
        {
            // Elsewhere other loggers are registered; the file is for where the native program is built.
            return;
        }

        string expected = Write(await TypesOfAStartAsync());
        if (Environment.GetEnvironmentVariable("UPDATE_NATIVE") == "1")
        {
            await File.WriteAllTextAsync(FilePath, expected);
        }

        (await File.ReadAllTextAsync(FilePath)).ReplaceLineEndings("\n").Should().Be(expected, "UPDATE_NATIVE=1 with this test writes the file anew");
    }

    private static async Task<IReadOnlyCollection<Type>> TypesOfAStartAsync()
    {
        using TemporaryFolder folder = new();
        string servers = folder.Combine("servers.json");
        await File.WriteAllTextAsync(servers, """{"mcpServers":{}}""");
        string database = folder.Combine("o.db");
        CommonSettings common = new(servers, null, database);
        EnvironmentSettings environment = EnvironmentSettings.Read(_ => null);
        OptimizerSources sources = await OptimizerSources.ChooseAsync(common, environment, CancellationToken.None);
        McpHostOptions options = new() { Name = "mcp-optimizer", Stdio = true };
        TextWriter output = Console.Out;
        using ResolvedTypes resolved = new();
        try
        {
            using IHost host = McpHost.Build(options, ["--stdio"], builder => ServeCommand.Configure(builder, options, common, environment, sources, database, key: ""));
            host.Services.GetRequiredService<IEnumerable<IHostedService>>().Should().NotBeEmpty();
            host.Services.GetService<IStartupValidator>()?.Validate();
            return resolved.Of(host.Services);
        }
        finally
        {
            Console.SetOut(output);
        }
    }

    private static string Write(IReadOnlyCollection<Type> types)
    {
        // The compiler keeps only what has "Required All"; code of generic types over classes is shared, so that it adds hardly any.
        XElement application = new("Application", types
            .GroupBy(type => Innermost(type).Assembly.GetName().Name!, StringComparer.Ordinal)
            .OrderBy(assembly => assembly.Key, StringComparer.Ordinal)
            .Select(assembly => new XElement(
                "Assembly",
                new XAttribute("Name", assembly.Key),
                assembly.Select(Name).Order(StringComparer.Ordinal).Select(name => new XElement("Type", new XAttribute("Name", name), new XAttribute("Dynamic", "Required All"))))));
        XComment comment = new(" Written by UPDATE_NATIVE=1 dotnet test tests/McpOptimizer.Server.Tests (NativeTypesTests): put together here once and not at each start of the native program. ");
        return new XElement("Directives", comment, application).ToString().ReplaceLineEndings("\n") + "\n";
    }

    private static Type Innermost(Type type) => type.IsArray ? type.GetElementType()! : type;

    private static string Name(Type type) => type switch
    {
        { IsArray: true } => Name(type.GetElementType()!) + "[]",
        { IsConstructedGenericType: true } =>
            $"{type.GetGenericTypeDefinition().FullName}[{string.Join(',', type.GetGenericArguments().Select(argument => $"[{Name(argument)}, {argument.Assembly.GetName().Name}]"))}]",
        _ => type.FullName!,
    };
}
