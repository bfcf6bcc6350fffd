using McpOptimizer.Core.Models.Settings;
using McpOptimizer.Core.Repositories.Sources;
using McpOptimizer.Server.BuiltIn;
using McpOptimizer.Server.Cli;
using Microsoft.Extensions.DependencyInjection.Extensions;
using ToolHive.Client.Tools;

namespace McpOptimizer.Server.Configuration;

/// <summary>Puts settings and packages together, the same for <c>serve</c> and for the other commands.</summary>
internal static class OptimizerComposition
{
    public static void Configure(IHostApplicationBuilder builder, CommonSettings common, EnvironmentSettings environment, OptimizerSources sources, bool polling)
    {
        SQLitePCL.Batteries_V2.Init();

        // Later sources are stronger: settings file, then the environment, then flags.
        builder.Configuration.AddInMemoryCollection(environment.Values);
        builder.Configuration.AddInMemoryCollection(Flags(common));
        builder.Services.AddMcpOptimizer(configuration: builder.Configuration.GetSection("McpOptimizer"));
        if (StoreChoice.Read(common, builder.Configuration) is { } connection)
        {
            builder.Services.AddPostgreSqlStore(connection, options => builder.Configuration.GetSection("McpOptimizer:Replica").Bind(options));
        }

        if (sources.ServersFile is not null)
        {
            builder.Services.AddServersFileSource(sources.ServersFile);
        }

        if (sources.BuiltIn)
        {
            builder.Services.AddSingleton<IWorkloadSource, BuiltInServers>();
            foreach (string server in BuiltInServers.Names)
            {
                // They are this program: what an update changes of it is no stranger's change.
                WeakSettings.Add(builder, $"McpOptimizer:Trust:Servers:{server}:Policy", "Off");
            }
        }

        if (sources.ToolHive)
        {
            builder.Services.AddToolHiveSources(options =>
            {
                builder.Configuration.GetSection("ToolHive").Bind(options);
                options.ReadEnvironment();
            });
        }

        if (sources.Kubernetes)
        {
            builder.Services.AddToolHiveKubernetesSource(options => options.ReadEnvironment());
        }

        if (sources.Registry is not null)
        {
            builder.Services.AddRegistryDocumentSource(sources.Registry);
        }

        AddEmbeddings(builder);
        if (!common.Verbose)
        {
            // The SDK reports what a server does wrong with its stack; ingestion says the same in one sentence.
            builder.Logging.AddFilter("ModelContextProtocol.Client", LogLevel.Critical);

            // Four lines a request, which the record of the call sums up in one.
            builder.Logging.AddFilter("System.Net.Http.HttpClient", LogLevel.Warning);
        }

        if (!polling)
        {
            builder.Services.RemoveAll<IHostedService>();
        }
    }

    /// <summary>
    /// Where the database is as far as flags and environment say: beside it lie the local secret and the mark of a running server. A PostgreSQL database has a name of its
    /// own there, so that what belongs to one store is not taken for another's.
    /// </summary>
    public static string DatabasePath(CommonSettings common, EnvironmentSettings environment) =>
        common.Database ?? environment.Values.GetValueOrDefault("McpOptimizer:Store:DatabasePath")
        ?? (StoreChoice.NameOf(environment) is { } name ? Path.Combine(Path.GetDirectoryName(new StoreSettings().DatabasePath)!, name) : new StoreSettings().DatabasePath);

    /// <summary>With <c>ToolHive:OfferTools</c> set to <c>read</c> or <c>all</c>, ToolHive itself can be looked at, or managed, beside its servers' tools.</summary>
    public static void OfferToolHiveTools(IHostApplicationBuilder builder, OptimizerSources sources)
    {
        string offer = builder.Configuration["ToolHive:OfferTools"] ?? "none";
        if (offer is not ("none" or "read" or "all"))
        {
            throw new SettingException($"ToolHive:OfferTools is '{offer}'; allowed: none, read, all.");
        }

        if (offer != "none" && sources.ToolHive)
        {
            builder.Services.AddMcpServer().WithTools(ToolHiveTools.Create(new ToolHiveToolsOptions { AllowChanges = offer == "all", Prefix = "toolhive_" }));
        }
    }

    // Without any of these the built-in encoder serves alone.
    private static void AddEmbeddings(IHostApplicationBuilder builder)
    {
        IConfigurationSection http = builder.Configuration.GetSection("HttpEmbeddings");
        switch (builder.Configuration["McpOptimizer:Encoder"] ?? "builtin")
        {
            case "builtin":
                break;
            case "minilm":
                builder.Services.AddMiniLmEncoder();
                break;
            default:
                throw new SettingException($"McpOptimizer:Encoder (--encoder) is '{VisibleText.Shorten(builder.Configuration["McpOptimizer:Encoder"]!)}'; allowed: builtin, minilm.");
        }

        if (http["Endpoint"] is { Length: > 0 })
        {
            builder.Services.AddHttpEmbeddings(configuration: http);
        }

#if ONNX_EMBEDDINGS
        IConfigurationSection onnx = builder.Configuration.GetSection("OnnxEmbeddings");
        builder.Services.AddBertOnnxEmbeddingGenerator(
            onnx["ModelPath"] ?? throw new SettingException("OnnxEmbeddings:ModelPath is not set; give the path of a BERT model in ONNX format."),
            onnx["VocabularyPath"] ?? throw new SettingException("OnnxEmbeddings:VocabularyPath is not set; give the path of the model's vocab.txt."));
#endif
    }

    private static Dictionary<string, string?> Flags(CommonSettings common)
    {
        Dictionary<string, string?> flags = [];
        if (common.Database is not null)
        {
            flags["McpOptimizer:Store:DatabasePath"] = common.Database;
        }

        if (common.Encoder is not null)
        {
            flags["McpOptimizer:Encoder"] = common.Encoder;
        }

        if (common.LogLevel is { } level)
        {
            flags["Logging:LogLevel:Default"] = level.ToString();
        }

        return flags;
    }
}
