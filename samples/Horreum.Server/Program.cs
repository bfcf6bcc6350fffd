using Horreum.Server;

return await HorreumHost.RunAsync(args);
