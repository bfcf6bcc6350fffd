using System.Text.RegularExpressions;
using Shared.Conventions;

namespace McpOptimizer.Server.Tests;

/// <summary>What stands under <c>-p:OnnxEmbeddings=true</c> is compiled here against a stand-in of the connector, which not every package feed holds.</summary>
public sealed class OnnxSwitchTests
{
    // The signatures of Microsoft.SemanticKernel.Connectors.Onnx 1.80.
    private const string StandIn = """

        internal sealed class SettingException(string message) : Exception(message);

        namespace Microsoft.SemanticKernel.Connectors.Onnx
        {
            public sealed class BertOnnxOptions;
        }

        namespace Microsoft.Extensions.DependencyInjection
        {
            public static class OnnxServiceCollectionExtensions
            {
                public static IServiceCollection AddBertOnnxEmbeddingGenerator(
                    this IServiceCollection services,
                    string onnxModelPath,
                    string vocabPath,
                    Microsoft.SemanticKernel.Connectors.Onnx.BertOnnxOptions? options = null,
                    string? serviceId = null) => services;
            }
        }
        """;

    [Fact]
    public async Task Registration_UnderTheSwitch_Compiles()
    {
        string composition = await File.ReadAllTextAsync(
            Path.Combine(SourceConvention.RepositoryRoot(), "samples", "McpOptimizer.Server", "Configuration", "OptimizerComposition.cs"));
        Match region = Regex.Match(composition.ReplaceLineEndings("\n"), "#if ONNX_EMBEDDINGS\n(.*?)#endif", RegexOptions.Singleline);
        region.Success.Should().BeTrue("the switch is there");

        string program = $"""
            using Microsoft.AspNetCore.Builder;
            using Microsoft.Extensions.Configuration;
            using Microsoft.Extensions.DependencyInjection;

            WebApplicationBuilder builder = WebApplication.CreateBuilder(args);
            {region.Groups[1].Value}
            {StandIn}
            """;
        (await SnippetCompiler.CompileAsync(program)).Should().NotBeEmpty();
    }
}
