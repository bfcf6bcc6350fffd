using Shared.Conventions;

namespace Coder.Client.Tests;

public sealed class ConventionTests() : PackageConventionFacts(typeof(ICoderClient).Assembly);
