using Shared.Conventions;

namespace ToolHive.Client.Tests;

public sealed class ConventionTests() : PackageConventionFacts(typeof(IToolHiveClient).Assembly);
