using Shared.Conventions;

namespace Horreum.Client.Tests;

public sealed class ConventionTests() : PackageConventionFacts(typeof(IHorreumClient).Assembly);
