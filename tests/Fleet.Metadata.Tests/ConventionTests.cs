using Shared.Conventions;

namespace Fleet.Metadata.Tests;

public sealed class ConventionTests() : PackageConventionFacts(typeof(FleetMetadataOptions).Assembly);
