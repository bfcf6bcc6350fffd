using Fleet.Metadata.Server;

return await MetadataHost.RunAsync(args);
