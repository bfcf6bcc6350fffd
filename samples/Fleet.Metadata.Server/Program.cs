using Fleet.Metadata.Server;

return args is ["task", ..] ? await TaskCommandLine.RunAsync(args) : await MetadataHost.RunAsync(args);
